import { setTimeout as sleep } from 'node:timers/promises';
import { Service } from '../../support/service.ts';
import type { ProxyFault } from '../../support/store-proxy.ts';
import type { Stage } from './stage.ts';

/** Of a thousand requests to the database so many go wrong, by kind. */
const FAULTS: readonly (readonly [ProxyFault, number])[] = [
  ['conflict', 15],
  ['throttled', 8],
  ['lost-answer', 8],
  ['broken', 4],
];

/** The service under test: it may die at any moment, and is begun anew at once. */
export class Chaos {
  readonly #stage: Stage;
  readonly #dice: () => number;
  #service: Service | undefined;
  #on = false;
  #running: Promise<void> | undefined;
  readonly kills = { ingress: 0, victim: 0 };

  constructor(stage: Stage, dice: () => number) {
    this.#stage = stage;
    this.#dice = dice;
  }

  get port(): number {
    return this.#service?.port ?? 1;
  }

  async start(): Promise<void> {
    this.#service = await Service.start({ environment: this.#stage.environment });
  }

  /** Faults from now on, and a kill about each time that `progress` has grown by `every`, at any moment of what goes on then. */
  begin(every: number, progress: () => number): void {
    this.#on = true;
    this.#stage.proxy.choose = () => this.#fault();
    this.#running = this.#kill(every, progress);
  }

  /** No trouble any more; the service runs. */
  async end(): Promise<void> {
    this.#on = false;
    await this.#running;
    this.#stage.proxy.choose = () => undefined;
  }

  async stop(): Promise<number | null> {
    return (await this.#service?.stop()) ?? null;
  }

  #fault(): ProxyFault {
    let roll = this.#dice() * 1000;
    for (const [fault, share] of FAULTS) {
      if (roll < share) return fault;
      roll -= share;
    }
    return undefined;
  }

  async #kill(every: number, progress: () => number): Promise<void> {
    for (;;) {
      const next = progress() + every * (0.5 + this.#dice());
      while (this.#on && progress() < next) await sleep(10);
      if (!this.#on) return;
      await sleep(this.#dice() * 100);
      // By turns, so that short runs too see both.
      if (this.kills.ingress <= this.kills.victim) {
        this.kills.ingress += 1;
        await this.#service?.stop('SIGKILL');
        await this.start();
      } else {
        this.kills.victim += 1;
        await this.#stage.kill(this.#dice());
      }
    }
  }
}
