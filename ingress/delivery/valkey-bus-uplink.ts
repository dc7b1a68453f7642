import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Cancel, Clock } from '../ports/clock.ts';
import { type Flow, reasonOf } from './valkey-bus-flow.ts';
import { type Link, openLink } from './valkey-bus-link.ts';
import type { BusTarget } from './valkey-bus-url.ts';

interface UplinkOptions {
  readonly target: BusTarget;
  readonly flow: Flow;
  readonly log: Log;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly beatMs: number;
  readonly graceMs: number;
  readonly patienceMs: number;
  onText(channel: string, text: string): void;
  /** Connected, and heard on all channels. */
  onUp(): void;
  /** Every `beatMs` while connected; an echo of what is sent then must come back. */
  onBeat(): void;
  /** @param lost posts that waited and are lost */
  onDown(lost: number): void;
}

/** So many beats without their echo mean that the link is dead, whatever TCP says. */
const UNHEARD = 3;
/** Wait before the first new attempt and the longest, in milliseconds. */
const [FIRST_WAIT, LONGEST_WAIT] = [250, 5_000];

/** Keeps a link to the server: opens it, sees whether it lives, opens another. */
export class Uplink {
  readonly #options: UplinkOptions;
  #link: Link | null = null;
  #state: 'joining' | 'up' | 'down' = 'joining';
  #wait = FIRST_WAIT;
  #unheard = 0;
  #told = false;
  #closed = false;
  #cancel: Cancel = () => undefined;
  #joins: (() => void)[] = [];

  constructor(options: UplinkOptions) {
    this.#options = options;
    options.meter.gauge('bus_up', {}, 0);
    void this.#open();
  }

  /** `joining`: at the very start, and right after connecting, while it is not known who else is there. */
  get state(): 'joining' | 'up' | 'down' {
    return this.#state;
  }

  /** Resolves when `joining` is over, after `withinMs` at the latest. */
  joined(withinMs: number): Promise<void> {
    if (this.state !== 'joining') return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#options.clock.schedule(withinMs, resolve);
      this.#joins.push(() => {
        cancel();
        resolve();
      });
    });
  }

  /** An echo came back. */
  alive(): void {
    this.#unheard = 0;
  }

  /** Gives the link up; another one is opened. */
  drop(reason: string): void {
    const link = this.#link;
    if (link === null) return;
    link.close();
    this.#lost(reason);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#link?.close();
    this.#link = null;
    this.#options.flow.stop();
    this.#settle('down');
  }

  async #open(): Promise<void> {
    const { target, flow, log, meter, clock, graceMs, patienceMs, onText, onUp } = this.#options;
    let dead: string | null = null;
    let link: Link | null = null;
    try {
      link = await openLink(target, patienceMs, {
        onText,
        onLost: (reason) => {
          dead = reason;
          if (link !== null && this.#link === link) this.#lost(reason);
        },
      });
      const giveUp = clock.schedule(patienceMs, () => link?.close());
      await flow.start(link).finally(giveUp);
      if (dead !== null) throw new Error(dead);
    } catch (error) {
      link?.close();
      if (this.#closed) return;
      this.#link = null;
      this.#lost(reasonOf(error));
      return;
    }
    if (this.#closed) return link.close();
    this.#link = link;
    this.#state = 'joining';
    this.#unheard = 0;
    this.#wait = FIRST_WAIT;
    meter.gauge('bus_up', {}, 1);
    log.info({ host: target.host, port: target.port }, this.#told ? 'the bus is back' : 'the bus is up');
    this.#told = false;
    onUp();
    clock.schedule(graceMs, () => {
      if (this.#link === link) this.#settle('up');
    });
    this.#beatLater();
  }

  #lost(reason: string): void {
    const { target, flow, log, meter, clock, onDown } = this.#options;
    const { host, port } = target;
    this.#link = null;
    this.#cancel();
    meter.gauge('bus_up', {}, 0);
    if (!this.#told)
      log.error(
        { code: 'bus_down', host, port, reason },
        'the bus cannot be reached: this copy goes on alone',
      );
    this.#told = true;
    onDown(flow.stop());
    this.#settle('down');
    this.#cancel = clock.schedule(this.#wait, () => void this.#open());
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #beatLater(): void {
    this.#cancel = this.#options.clock.schedule(this.#options.beatMs, () => {
      this.#unheard += 1;
      if (this.#unheard > UNHEARD) return this.drop('the server does not pass on what it is sent');
      this.#options.onBeat();
      this.#beatLater();
    });
  }

  #settle(state: 'up' | 'down'): void {
    this.#state = state;
    const joins = this.#joins;
    this.#joins = [];
    for (const done of joins) done();
  }
}
