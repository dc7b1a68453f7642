import { expiresAfter, type Store } from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Cancel, Clock } from '../ports/clock.ts';

/** Milliseconds between beats, and without a successful one until this ingress counts as cut off. */
export const BEAT_EVERY = 5_000;
export const CUT_OFF_AFTER = 15_000;
/** Milliseconds until a heartbeat that nobody renews is swept. */
const KEPT = 24 * 60 * 60 * 1000;

/** Where the heartbeat of an ingress lies in the table `sessions`. */
export function heartbeatKey(ingressId: string) {
  return { pk: `ingress#${ingressId}`, sk: 'heartbeat' };
}

export interface HeartbeatOptions {
  readonly store: Store;
  readonly ingressId: string;
  readonly meter: Meter;
  readonly log: Log;
  readonly clock: Clock;
}

/** The sign of life of this ingress: a counter in the store that others watch. */
export class Heartbeat {
  private readonly options: HeartbeatOptions;
  private counter = 0;
  private renewedAt = Number.NEGATIVE_INFINITY;
  private wasHealthy = false;
  private cancel: Cancel = () => {};
  private beating: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(options: HeartbeatOptions) {
    this.options = options;
  }

  /** False while durable turns must stop: no beat got through for 15 s. */
  get healthy(): boolean {
    return this.options.clock.monotonic() - this.renewedAt < CUT_OFF_AFTER;
  }

  /** The first beat; rejects when the store cannot be reached. Later failures are logged, counted and tried again. */
  async start(): Promise<void> {
    await this.renew();
    this.wasHealthy = true;
    this.plan();
  }

  /** Stops beating and removes the heartbeat, so that others know at once. Never rejects. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel();
    await this.beating;
    const { store, ingressId, log } = this.options;
    try {
      await store.remove('sessions', heartbeatKey(ingressId));
    } catch (error) {
      log.warn({ code: 'heartbeat_lost', error: String(error) }, 'the heartbeat could not be removed');
    }
  }

  private plan(): void {
    if (this.stopped) return;
    this.cancel = this.options.clock.schedule(BEAT_EVERY, () => {
      this.beating = this.beat();
    });
  }

  private async beat(): Promise<void> {
    try {
      await this.renew();
    } catch (error) {
      this.options.log.warn(
        { code: 'database_down', error: String(error) },
        'a heartbeat did not get through',
      );
    }
    this.report();
    this.plan();
  }

  /** The age counts from before the write: a beat that took long to arrive proves nothing about its end. */
  private async renew(): Promise<void> {
    const { store, ingressId, clock } = this.options;
    const began = clock.monotonic();
    this.counter += 1;
    const item = {
      ...heartbeatKey(ingressId),
      counter: this.counter,
      expires: expiresAfter(clock.now(), KEPT),
    };
    await store.put('sessions', item);
    this.renewedAt = began;
  }

  private report(): void {
    const { meter, log, clock } = this.options;
    meter.gauge('heartbeat_age_seconds', {}, (clock.monotonic() - this.renewedAt) / 1000);
    if (this.healthy === this.wasHealthy) return;
    this.wasHealthy = this.healthy;
    if (this.healthy) log.info({}, 'the heartbeat is renewed again: durable turns go on');
    else log.error({ code: 'heartbeat_lost' }, 'the heartbeat cannot be renewed: durable turns stop');
  }
}
