import type { SectionClass } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Store } from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { OwnerCalls } from '../ports/state.ts';
import { writeCore } from './core-writer.ts';
import type { HeldSection } from './held-section.ts';
import type { HeldState } from './held-state.ts';

export interface PersistenceMeans {
  readonly store: Store;
  readonly calls: OwnerCalls;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
}

/** Writes what is dirty of a connection's character, counts it, and notices when the character was lost. */
export class Persistence {
  private readonly means: PersistenceMeans;

  constructor(means: PersistenceMeans) {
    this.means = means;
  }

  /**
   * Persists `urgent` sections together with everything that is dirty (they share one item, so they cost nothing more), and gives
   * the character up in the same write when asked. `urgent` overlays what is in memory. Call it within `state.exclusive` only.
   * Throws `ownership_lost` or `persist_failed`; memory is as before then.
   */
  async write(state: HeldState, urgent: ReadonlyMap<string, HeldSection>, release: boolean): Promise<void> {
    const entity = state.characterId;
    if (entity === null || (urgent.size === 0 && state.dirty.size === 0 && !release)) return;
    if (state.lost) throw new EdgeError('ownership_lost', `${entity} has another owner now`, { entity });
    const written = new Map(state.dirty);
    const sections = new Map<string, HeldSection>();
    for (const name of written.keys()) {
      const section = state.sections.get(name);
      if (section !== undefined) sections.set(name, section);
    }
    for (const [name, section] of urgent) sections.set(name, section);
    await this.counted(state, entity, sections, release);
    for (const [name, change] of written) if (state.dirty.get(name) === change) state.dirty.delete(name);
  }

  private async counted(
    state: HeldState,
    entity: string,
    sections: ReadonlyMap<string, HeldSection>,
    release: boolean,
  ): Promise<void> {
    const { store, meter, clock } = this.means;
    const label = classOf(sections, release);
    const began = clock.monotonic();
    try {
      await writeCore(store, state, entity, { sections, release });
      meter.count('state_writes_total', { class: label, outcome: 'ok' });
    } catch (error) {
      const lost = EdgeError.is(error, 'ownership_lost');
      meter.count('state_writes_total', { class: label, outcome: lost ? 'lost' : 'failed' });
      if (lost) this.lose(state);
      throw error;
    } finally {
      meter.observe('state_write_seconds', {}, (clock.monotonic() - began) / 1000);
    }
  }

  /** The character has another owner: nothing of it is written here any more, and its connection closes. */
  lose(state: HeldState): void {
    const { calls, meter, log } = this.means;
    const { characterId: entity } = state;
    state.lost = true;
    meter.count('ownership_total', { outcome: 'lost' });
    log.warn(
      { code: 'ownership_lost', entity, connection: state.connection?.id, epoch: state.epoch },
      'character lost',
    );
    if (state.connection !== null) calls.lost(state.connection);
  }
}

/** The class for which a write was made: the strongest of its reasons. */
function classOf(sections: ReadonlyMap<string, HeldSection>, release: boolean): SectionClass | 'release' {
  for (const section of sections.values()) if (section.class === 'durable') return 'durable';
  return sections.size === 0 && release ? 'release' : 'checkpoint';
}
