import type { ClientSocket, EdgeConnection } from '../../ingress/ports/connection.ts';
import { createRouter, type Router, RouteTable, type RoutingLimits } from '../../ingress/routing/index.ts';
import { createLocalInvoker, type Invoker } from '../../ingress/routing/invoker/index.ts';
import type { JsonObject, Manifest, Packet } from '../../shared/contract/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { type CountingMeter, countingMeter } from './counting-meter.ts';
import { silentLog } from './engine.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { MemoryKeeper } from './memory-keeper.ts';
import { RecordingHub } from './recording-hub.ts';
import type { ScriptFamily } from './script-family.ts';

/** A client as routing sees it, with what a test looks at. */
export class RigClient implements ClientSocket {
  readonly connection: EdgeConnection;
  readonly #rig: RoutingRig;
  paused = false;
  pauses = 0;
  closedWith: ErrorCode | null = null;

  constructor(rig: RoutingRig, id: string, stage: string) {
    this.#rig = rig;
    const state = rig.keeper.open();
    this.connection = { id, kind: 'client', actor: null, address: '127.0.0.1', stage, state, socket: this };
  }

  pause(): void {
    this.paused = true;
    this.pauses += 1;
  }

  resume(): void {
    this.paused = false;
  }

  close(code: ErrorCode): void {
    this.closedWith ??= code;
  }

  /** As the wire would: one frame of 22 bytes, read now. */
  send(name: string, payload: object = {}): void {
    this.#rig.router.packet(this.connection, name, 1, payload as JsonObject, 22, this.#rig.clock.monotonic());
  }

  get replies(): Packet[] {
    return this.#rig.hub.replies(this.connection);
  }

  /** The values that replies carry under a field, in order. */
  told(field: string): unknown[] {
    return this.replies.map((packet) => ('payload' in packet ? packet.payload[field] : undefined));
  }
}

/** Routing with everything around it in memory, and a clock that the test turns. */
export class RoutingRig {
  readonly clock: ManualClock;
  readonly meter: CountingMeter = countingMeter();
  readonly keeper = new MemoryKeeper();
  readonly hub = new RecordingHub();
  readonly router: Router;
  #ids = 0;
  #seeds = 0;

  constructor(
    manifests: readonly Manifest[],
    invoker: Invoker,
    limits: Partial<RoutingLimits> = {},
    clock: ManualClock = manualClock(),
  ) {
    this.clock = clock;
    this.router = createRouter({
      routes: RouteTable.of(manifests).table,
      invoker,
      keeper: this.keeper,
      delivery: this.hub,
      meter: this.meter,
      log: silentLog,
      clock: this.clock,
      limits,
      ids: () => this.#id(),
      random: () => {
        this.#seeds += 1;
        return this.#seeds;
      },
      ingress: 'i1',
      public: { host: '127.0.0.1', port: 29_000 },
    });
    this.hub.sink = this.router;
  }

  connect(stage = 'world'): RigClient {
    const client = new RigClient(this, this.#id(), stage);
    this.hub.attach(client.connection);
    this.router.open(client.connection);
    return client;
  }

  /** Lets everything run that needs no time to pass: until nothing has happened for a while. */
  async settle(): Promise<void> {
    let last = -1;
    for (let quiet = 0; quiet < 20; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const happened =
        this.hub.departures.length + this.keeper.commits.length + this.meter.total('batch_size');
      if (happened !== last) quiet = 0;
      last = happened;
    }
  }

  /** Turns the clock on in steps, so that what comes due can run between them. */
  async pass(milliseconds: number, step = milliseconds): Promise<void> {
    await this.settle();
    for (let passed = 0; passed < milliseconds; passed += step) {
      this.clock.advance(Math.min(step, milliseconds - passed));
      await this.settle();
    }
  }

  #id(): string {
    this.#ids += 1;
    return `i1-${this.#ids}`;
  }
}

/**
 * A rig in which families run in this process.
 * @param wrap puts faults in front of the invoker
 */
export function rigOf(
  families: readonly ScriptFamily[],
  limits: Partial<RoutingLimits> = {},
  wrap: (invoker: Invoker) => Invoker = (invoker) => invoker,
): RoutingRig {
  const loaded = new Map(families.map(({ family }) => [family.name, family]));
  const invoker = createLocalInvoker({ families: loaded, environment: {}, lines: () => {} });
  const manifests = families.map(({ manifest }) => manifest);
  return new RoutingRig(manifests, wrap(invoker), limits);
}
