import type { Store } from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import type { Cancel, Clock } from '../ports/clock.ts';
import { BEAT_EVERY, heartbeatKey } from './heartbeat.ts';

/** Milliseconds of this machine's own clock for which a counter must stand still before its ingress counts as dead. */
export const DEAD_AFTER = 20_000;
/** Milliseconds after the last question about an ingress until it is no longer watched. */
const FORGET_AFTER = 10 * 60_000;

interface Watched {
  counter: number | null;
  /** When the counter was first and last seen at this value, monotonic: what lies after the last look says nothing of the other. */
  since: number;
  seenAt: number;
  askedAt: number;
}

export interface LivenessOptions {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Judges other ingress processes by whether their heartbeat's counter moves while this one looks. No clock of another machine
 * is ever compared with our own. An ingress whose heartbeat is gone has stopped in order, and is dead.
 */
export class Liveness {
  private readonly options: LivenessOptions;
  private readonly watched = new Map<string, Watched>();
  private cancel: Cancel | null = null;
  private stopped = false;

  constructor(options: LivenessOptions) {
    this.options = options;
  }

  /** Whether the ingress is dead for certain. The first question about one begins to watch it; it can be answered with true only when its heartbeat is gone. */
  async isDead(ingressId: string): Promise<boolean> {
    const now = this.options.clock.monotonic();
    const known = this.watched.get(ingressId);
    if (known !== undefined) {
      known.askedAt = now;
      return isSilent(known);
    }
    const counter = await this.read(ingressId);
    const since = this.options.clock.monotonic();
    const entry: Watched = { counter, since, seenAt: since, askedAt: now };
    this.watched.set(ingressId, entry);
    this.plan();
    return isSilent(entry);
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
    this.cancel = null;
  }

  private plan(): void {
    if (this.stopped || this.cancel !== null || this.watched.size === 0) return;
    this.cancel = this.options.clock.schedule(BEAT_EVERY, () => {
      void this.look().finally(() => {
        this.cancel = null;
        this.plan();
      });
    });
  }

  private async look(): Promise<void> {
    for (const [ingressId, entry] of this.watched) {
      if (this.options.clock.monotonic() - entry.askedAt > FORGET_AFTER) {
        this.watched.delete(ingressId);
        continue;
      }
      await this.lookAt(ingressId, entry);
    }
  }

  /** While the store cannot be read nothing is learnt: the time of silence then says nothing about the other. */
  private async lookAt(ingressId: string, entry: Watched): Promise<void> {
    const began = this.options.clock.monotonic();
    try {
      const counter = await this.read(ingressId);
      if (counter === entry.counter) {
        entry.seenAt = began;
        return;
      }
      entry.counter = counter;
      entry.since = this.options.clock.monotonic();
    } catch (error) {
      entry.since = this.options.clock.monotonic();
      this.options.log.warn(
        { code: 'database_down', ingress: ingressId, error: String(error) },
        'a heartbeat could not be read',
      );
    }
  }

  private async read(ingressId: string): Promise<number | null> {
    const item = await this.options.store.get('sessions', heartbeatKey(ingressId));
    const counter = item?.counter;
    return typeof counter === 'number' ? counter : null;
  }
}

/** Gone, or seen at one value for long enough. */
function isSilent({ counter, since, seenAt }: Watched): boolean {
  return counter === null || seenAt - since >= DEAD_AFTER;
}
