import type { StateChange } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { ConnectionState } from '../ports/connection-state.ts';
import type { Commit, Ownership, StateKeeper } from '../ports/state.ts';
import { CHECKPOINT_AFTER, CHECKPOINT_AGAIN_AFTER, Checkpoints } from './checkpoints.ts';
import { Confirmations } from './confirmations.ts';
import { deepFreeze } from './deep-freeze.ts';
import { flush } from './flush.ts';
import { type HeldSection, isKept } from './held-section.ts';
import { HeldState } from './held-state.ts';
import type { KeeperOptions } from './keeper-options.ts';
import { Ownerships } from './ownerships.ts';
import { Persistence } from './persistence.ts';
import { type Staged, stage } from './stage.ts';

const UNCHANGED: Ownership = { kind: 'unchanged' };
const NOTHING: ReadonlyMap<string, HeldSection> = new Map();

/** Connection state over the store. It knows sections, timers and owners, not what a character is. */
export class Keeper implements StateKeeper {
  private readonly options: KeeperOptions;
  private readonly persistence: Persistence;
  private readonly ownerships: Ownerships;
  private readonly checkpoints: Checkpoints;
  private readonly confirmations: Confirmations;
  /** Connections that own something. */
  private readonly owning = new Set<HeldState>();

  constructor(options: KeeperOptions) {
    this.options = options;
    this.persistence = new Persistence(options);
    this.ownerships = new Ownerships(options, this.persistence);
    this.confirmations = new Confirmations(options, (state) => this.persistence.lose(state));
    this.checkpoints = new Checkpoints(
      options.clock,
      options.random,
      (state) => void this.writeBehind(state),
    );
  }

  get healthy(): boolean {
    return this.options.heartbeat.healthy;
  }

  open(): ConnectionState {
    return new HeldState();
  }

  async commit(connection: EdgeConnection, commit: Commit): Promise<Ownership> {
    const state = heldStateOf(connection);
    state.connection ??= connection;
    const staged = stage(state, commit);
    if (isQuick(state, commit, staged)) {
      this.apply(state, commit.change, staged);
      return UNCHANGED;
    }
    return state.exclusive(() => this.commitSlowly(state, connection, commit));
  }

  /** The commit that has to ask the store something. Staged anew: a write behind may have found out about a loss meanwhile. */
  private async commitSlowly(
    state: HeldState,
    connection: EdgeConnection,
    commit: Commit,
  ): Promise<Ownership> {
    const staged = stage(state, commit);
    const before = state.characterId;
    const wanted = commit.change?.characterId;
    const changes = wanted !== undefined && wanted !== before;
    this.ownerships.checkReread(commit.reread ?? []);
    await this.persist(state, staged, changes);
    this.apply(state, commit.change, staged);
    if (changes && before !== null) this.forget(state);
    if (!changes) {
      await this.ownerships.reread(state, commit.reread ?? []);
      return UNCHANGED;
    }
    if (wanted === null) return { kind: 'released', characterId: before ?? '' };
    const result = await this.ownerships.claim(state, connection, wanted);
    if (result.kind === 'owned') {
      this.owning.add(state);
      this.confirmations.plan(state);
    }
    return result;
  }

  private async persist(state: HeldState, staged: Staged, ownershipChanges: boolean): Promise<void> {
    const release = ownershipChanges && state.characterId !== null;
    if ((staged.urgent.size === 0 && !release) || (release && state.lost)) return;
    const kept = new Map([...staged.sections].filter(([, section]) => isKept(section.class)));
    await this.persistence.write(state, kept, release);
    if (release) this.ownerships.released(state);
  }

  /** Takes a turn's changes over in memory. What is owned changes elsewhere. */
  private apply(state: HeldState, change: StateChange | undefined, staged: Staged): void {
    state.hold(staged.sections);
    if (staged.behind.size > 0 && staged.urgent.size === 0) {
      for (const name of staged.behind) state.markDirty(name);
      if (!state.lost) this.checkpoints.plan(state);
    }
    if (change === undefined) return;
    if (change.userId !== undefined) state.userId = change.userId;
    if (change.sessionId !== undefined) state.sessionId = change.sessionId;
    if (change.characters !== undefined) {
      state.characters = Object.freeze(change.characters.map(({ id, name }) => deepFreeze({ id, name })));
    }
  }

  private forget(state: HeldState): void {
    this.checkpoints.cancel(state);
    this.confirmations.cancel(state);
    this.owning.delete(state);
    state.forgetCharacter();
  }

  private async writeBehind(state: HeldState): Promise<void> {
    try {
      await state.exclusive(() => this.persistence.write(state, NOTHING, false));
      this.checkpoints.plan(state, CHECKPOINT_AFTER);
    } catch (error) {
      if (EdgeError.is(error, 'ownership_lost')) return;
      const fields = { code: 'persist_failed', entity: state.characterId, error: String(error) };
      this.options.log.warn(fields, 'a checkpoint could not be written; it is tried again');
      this.checkpoints.plan(state, CHECKPOINT_AGAIN_AFTER);
    }
  }

  async close(connection: EdgeConnection): Promise<void> {
    const state = heldStateOf(connection);
    await state.exclusive(async () => {
      this.checkpoints.cancel(state);
      if (state.characterId !== null && !state.lost) {
        try {
          await this.persistence.write(state, NOTHING, true);
          this.ownerships.released(state);
        } catch (error) {
          const fields = {
            code: 'persist_failed',
            entity: state.characterId,
            connection: connection.id,
            error: String(error),
          };
          this.options.log.error(fields, 'a character could not be saved and released');
        }
      }
      this.forget(state);
    });
  }

  /** Writes everything that is dirty. Resolves with how many connections could not be written. */
  async flushAll(): Promise<number> {
    const dirty = [...this.owning].filter((state) => state.dirty.size > 0 && !state.lost);
    return flush(dirty, (state) => state.exclusive(() => this.persistence.write(state, NOTHING, false)));
  }

  /** Flushes and plans nothing more. Connections are closed before by whoever opened them. */
  async stop(): Promise<void> {
    const failed = await this.flushAll();
    if (failed > 0)
      this.options.log.error({ code: 'persist_failed', failed }, 'connections could not be saved at the end');
    for (const state of this.owning) {
      this.checkpoints.cancel(state);
      this.confirmations.cancel(state);
    }
  }
}

/** Nothing of it needs the store. */
function isQuick(state: HeldState, commit: Commit, staged: Staged): boolean {
  const wanted = commit.change?.characterId;
  return (
    staged.urgent.size === 0 &&
    (wanted === undefined || wanted === state.characterId) &&
    (commit.reread === undefined || commit.reread.length === 0) &&
    state.stale.size === 0
  );
}

function heldStateOf(connection: EdgeConnection): HeldState {
  if (connection.state instanceof HeldState) return connection.state;
  throw new TypeError(`the state of connection ${connection.id} was not opened by this keeper`);
}
