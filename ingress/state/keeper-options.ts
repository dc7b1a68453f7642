import type { Store } from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { OwnerCalls } from '../ports/state.ts';
import type { SectionRules } from './derived.ts';

/** What the keeper needs to know of other ingress processes and of this one's standing. */
export interface Vitality {
  readonly healthy: boolean;
  isDead(ingressId: string): Promise<boolean>;
}

export interface KeeperOptions {
  readonly store: Store;
  readonly ingressId: string;
  /** Asked at every use: the route table may change at run time. */
  readonly sectionRules: () => SectionRules;
  readonly calls: OwnerCalls;
  readonly heartbeat: Vitality;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
  /** At least 0, below 1. */
  readonly random: () => number;
}
