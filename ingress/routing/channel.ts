import type { TurnConnection } from '../../shared/contract/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { Lane } from './lane.ts';
import { MessageQueue } from './message-queue.ts';
import type { Pressure } from './pressure.ts';
import { RefusalWindow } from './refusal-window.ts';
import { SeenKeys } from './seen-keys.ts';
import type { TimerEntry } from './timer-heap.ts';
import type { TokenBucket } from './token-bucket.ts';
import type { TurnRecord } from './turn.ts';

/**
 * The life of a connection in routing.
 * - `open`: takes everything.
 * - `ending`: takes nothing new; what waits is still handled, in order.
 * - `closing`: only the `edge.closing` messages are left.
 * - `closed`: its state is being let go, or is gone.
 */
export type Phase = 'open' | 'ending' | 'closing' | 'closed';

/** Why reading is paused; several reasons may hold at once. */
export const PAUSED = { rate: 1, queue: 2, closing: 4 } as const;

/** What routing knows of one connection. */
export class Channel {
  readonly connection: EdgeConnection;
  readonly queue: MessageQueue;
  readonly timers = new Map<string, TimerEntry>();
  readonly buckets = new Map<string, TokenBucket>();
  readonly done: Promise<void>;
  readonly finish: () => void;
  phase: Phase = 'open';
  /** Its turn in flight, from the first attempt until it is applied. */
  turn: TurnRecord | null = null;
  /** The lane in whose line it stands. */
  line: Lane | null = null;
  /** Sum of the reasons of `PAUSED`. */
  paused = 0;
  /** Why it ends. */
  code: ErrorCode = 'client_closed';
  /** Its socket is to be closed once the turn in flight is applied, so that its replies still leave. */
  hangUp = false;
  /** Some handler knows of it: handlers are told when it ends. */
  known = false;
  #seq = 0;
  #turns = 0;
  #facts: TurnConnection | null = null;
  #refusals: RefusalWindow | null = null;
  #seen: SeenKeys | null = null;

  constructor(connection: EdgeConnection, pressure: Pressure) {
    this.connection = connection;
    this.queue = new MessageQueue(pressure);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    this.finish = resolve;
  }

  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  nextTurnId(): string {
    this.#turns += 1;
    return `${this.connection.id}:${this.#turns}`;
  }

  /** What turns are told of it; made anew when the stage has changed. */
  facts(ingress: TurnConnection['public']): TurnConnection {
    const { id, kind, actor, stage, address, publicHost: host } = this.connection;
    if (this.#facts?.stage !== stage) {
      const reached = host === undefined ? ingress : { ...ingress, host };
      this.#facts = { id, kind, actor, stage, address, public: reached };
    }
    return this.#facts;
  }

  get refusals(): RefusalWindow {
    this.#refusals ??= new RefusalWindow();
    return this.#refusals;
  }

  get seen(): SeenKeys {
    this.#seen ??= new SeenKeys();
    return this.#seen;
  }

  pause(reason: number): boolean {
    const { socket } = this.connection;
    if (socket === null || (this.paused & reason) !== 0) return false;
    if (this.paused === 0) socket.pause();
    this.paused |= reason;
    return true;
  }

  resume(reason: number): void {
    if ((this.paused & reason) === 0) return;
    this.paused &= ~reason;
    if (this.paused === 0 && this.phase === 'open') this.connection.socket?.resume();
  }
}
