import type { EdgeConnection } from '../../ingress/ports/connection.ts';
import type { ConnectionState } from '../../ingress/ports/connection-state.ts';
import type { Commit, Ownership, StateKeeper, StoredTimer } from '../../ingress/ports/state.ts';
import type { CharacterRef, JsonObject, TurnState } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';

class MemoryState implements ConnectionState {
  userId: string | null = null;
  sessionId: string | null = null;
  characterId: string | null = null;
  epoch = 0;
  characters: readonly CharacterRef[] = [];
  sections: Record<string, JsonObject> = {};

  view(names: readonly string[]): TurnState {
    const sections: Record<string, JsonObject> = {};
    for (const name of names) {
      const value = this.sections[name];
      if (value !== undefined) sections[name] = value;
    }
    const { userId, sessionId, characterId, characters } = this;
    return { userId, sessionId, characterId, characters, sections };
  }
}

interface Entity {
  epoch: number;
  sections: Record<string, JsonObject>;
  readonly timers: Map<string, StoredTimer>;
}

/** A commit as it came, with the timers that came due in its turn. */
export type SeenCommit = Commit & { readonly fired?: readonly string[]; readonly connection: string };

/**
 * A state keeper whose store is a map: sections are kept with their entity when it is let go, and come back when it is taken over.
 * It holds no section classes apart. Its faults are set by the test.
 */
export class MemoryKeeper implements StateKeeper {
  healthy = true;
  readonly commits: SeenCommit[] = [];
  readonly closed: string[] = [];
  readonly entities = new Map<string, Entity>();
  /** Called before each commit: may wait, or throw what the commit shall reject with. */
  before: (connection: EdgeConnection, commit: Commit) => Promise<void> | void = () => {};
  /** Characters that cannot be taken over. */
  readonly denied = new Set<string>();
  readonly #busy = new Set<string>();

  open(): ConnectionState {
    return new MemoryState();
  }

  async commit(
    connection: EdgeConnection,
    commit: Commit & { readonly fired?: readonly string[] },
  ): Promise<Ownership> {
    if (this.#busy.has(connection.id)) throw new Error(`commits of ${connection.id} overlap`);
    this.#busy.add(connection.id);
    try {
      await this.before(connection, commit);
      return this.#take(connection, commit);
    } finally {
      this.#busy.delete(connection.id);
    }
  }

  async close(connection: EdgeConnection): Promise<void> {
    this.#store(stateOf(connection));
    this.closed.push(connection.id);
  }

  entity(id: string): Entity {
    let entity = this.entities.get(id);
    if (entity === undefined) {
      entity = { epoch: 0, sections: {}, timers: new Map() };
      this.entities.set(id, entity);
    }
    return entity;
  }

  #take(connection: EdgeConnection, commit: Commit & { readonly fired?: readonly string[] }): Ownership {
    const state = stateOf(connection);
    const { change = {}, owns } = commit;
    for (const name of Object.keys(change.sections ?? {})) {
      if (!Object.hasOwn(owns, name))
        throw new EdgeError('foreign_section', `${commit.family} does not own ${name}`);
    }
    this.commits.push({ ...commit, connection: connection.id });
    for (const [name, value] of Object.entries(change.sections ?? {})) {
      if (value === null) delete state.sections[name];
      else if (value !== undefined) state.sections[name] = value;
    }
    if (state.characterId !== null) {
      const { timers } = this.entity(state.characterId);
      for (const name of commit.fired ?? []) timers.delete(name);
      for (const timer of commit.timers ?? []) {
        timers.delete(timer.name);
        if (!('cancel' in timer) && timer.section !== undefined) {
          timers.set(timer.name, {
            name: timer.name,
            at: timer.at,
            payload: timer.payload ?? {},
            section: timer.section,
          });
        }
      }
    }
    if (change.userId !== undefined) state.userId = change.userId;
    if (change.sessionId !== undefined) state.sessionId = change.sessionId;
    if (change.characters !== undefined) state.characters = change.characters;
    return change.characterId === undefined ? { kind: 'unchanged' } : this.#own(state, change.characterId);
  }

  #own(state: MemoryState, wanted: string | null): Ownership {
    const before = state.characterId;
    if (wanted === before) return { kind: 'unchanged' };
    this.#store(state);
    if (wanted === null) return { kind: 'released', characterId: before ?? '' };
    if (this.denied.has(wanted)) return { kind: 'denied', characterId: wanted, reason: 'taken' };
    const entity = this.entity(wanted);
    entity.epoch += 1;
    state.characterId = wanted;
    state.epoch = entity.epoch;
    state.sections = { ...state.sections, ...entity.sections };
    return { kind: 'owned', characterId: wanted, epoch: entity.epoch, timers: [...entity.timers.values()] };
  }

  #store(state: MemoryState): void {
    if (state.characterId === null) return;
    this.entity(state.characterId).sections = { ...state.sections };
    state.characterId = null;
    state.epoch = 0;
  }
}

function stateOf(connection: EdgeConnection): MemoryState {
  if (connection.state instanceof MemoryState) return connection.state;
  throw new TypeError('the state of another keeper');
}
