import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Item } from '../../shared/store/index.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { Ownership } from '../ports/state.ts';
import { type Claim, claim } from './claim.ts';
import { derivedNames, readDerived } from './derived.ts';
import type { HeldSection } from './held-section.ts';
import type { HeldState } from './held-state.ts';
import type { KeeperOptions } from './keeper-options.ts';
import { keptSections, keptTimers } from './load.ts';
import type { Persistence } from './persistence.ts';

/** Takes characters over with all of their sections, and keeps derived ones fresh. */
export class Ownerships {
  private readonly options: KeeperOptions;
  private readonly persistence: Persistence;

  constructor(options: KeeperOptions, persistence: Persistence) {
    this.options = options;
    this.persistence = persistence;
  }

  /** Never rejects: what goes wrong is a denial, after which nothing is owned. */
  async claim(state: HeldState, connection: EdgeConnection, entity: string): Promise<Ownership> {
    try {
      const owner = { ingress: this.options.ingressId, connection: connection.id };
      const { store, calls, clock, log, heartbeat } = this.options;
      const means = { store, calls, clock, log, isDead: (ingress: string) => heartbeat.isDead(ingress) };
      const result: Claim = await claim(means, entity, owner);
      if (result.kind === 'denied') return this.denied(entity, result.reason);
      return await this.load(state, entity, result.item);
    } catch (error) {
      this.options.log.warn(
        { code: 'ownership_denied', entity, error: String(error) },
        'a character could not be taken over',
      );
      return this.denied(entity, EdgeError.is(error) ? error.code : 'database_down');
    }
  }

  private async load(state: HeldState, entity: string, item: Item): Promise<Ownership> {
    const rules = this.options.sectionRules();
    state.characterId = entity;
    state.epoch = Number(item.epoch);
    state.revision = 0;
    const kept = keptSections(item, rules);
    try {
      const names = derivedNames(rules);
      const derived = await readDerived(this.options.store, rules, names, {
        characterId: entity,
        userId: state.userId,
      });
      state.hold(kept);
      state.hold(derived);
    } catch (error) {
      await this.giveBack(state);
      throw error;
    }
    this.options.meter.count('ownership_total', { outcome: 'owned' });
    return { kind: 'owned', characterId: entity, epoch: state.epoch, timers: keptTimers(kept) };
  }

  private async giveBack(state: HeldState): Promise<void> {
    try {
      await this.persistence.write(state, new Map(), true);
    } catch {
      // Whoever claims it next waits two seconds for us in vain; nothing of it was changed.
    }
    state.forgetCharacter();
  }

  private denied(characterId: string, reason: string): Ownership {
    this.options.meter.count('ownership_total', { outcome: 'denied' });
    return { kind: 'denied', characterId, reason };
  }

  released(state: HeldState): void {
    this.options.meter.count('ownership_total', { outcome: 'released' });
    this.options.log.debug({ entity: state.characterId, epoch: state.epoch }, 'character released');
  }

  /** Refuses names that are no derived sections, before anything is done. */
  checkReread(names: readonly string[]): void {
    const rules = this.options.sectionRules();
    for (const name of names) {
      const rule = rules.get(name)?.rule;
      if (rule?.class === 'derived') continue;
      throw new EdgeError('foreign_section', `section ${name} is not derived and cannot be reread`, {
        section: name,
      });
    }
  }

  /**
   * Reads derived sections again, with those that could not be read last time. While the store does not answer the old copies
   * stay: every write to their entities conditions on the version, so an old copy can only lead to a refusal.
   */
  async reread(state: HeldState, names: readonly string[]): Promise<void> {
    const wanted = new Set([...names, ...state.stale]);
    if (wanted.size === 0 || state.characterId === null) return;
    const { store, sectionRules, log } = this.options;
    try {
      const owner = { characterId: state.characterId, userId: state.userId };
      const fresh: Map<string, HeldSection> = await readDerived(store, sectionRules(), [...wanted], owner);
      state.hold(fresh);
      state.stale.clear();
    } catch (error) {
      for (const name of wanted) state.stale.add(name);
      log.warn(
        { code: 'database_down', sections: [...wanted], error: String(error) },
        'derived sections could not be reread',
      );
    }
  }
}
