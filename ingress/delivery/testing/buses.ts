import { randomUUID } from 'node:crypto';
import { silentLog } from '../../../test/support/engine.ts';
import { startValkey, VALKEY, type ValkeyServer } from '../../../test/support/valkey.ts';
import { systemClock } from '../../ports/clock.ts';
import type { Bus, BusMember } from '../bus.ts';
import { createInProcessBus } from '../in-process-bus.ts';
import { createValkeyBus } from '../valkey-bus.ts';
import { parseBusUrl } from '../valkey-bus-url.ts';
import { countingMeter } from './counting-meter.ts';
import { type ManualClock, manualClock, settle } from './manual-clock.ts';

/** A bus for processes in a test, with a clock turned by hand. */
export interface TestBus {
  readonly clock: ManualClock;
  readonly bus: Bus;
  /** Lets everything that is on its way arrive. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface BusKind {
  readonly name: string;
  /** Before the first and after the last test. */
  start(): Promise<void>;
  stop(): Promise<void>;
  open(): TestBus;
}

/** The kinds of buses that this machine has. */
export function busKinds(): BusKind[] {
  return VALKEY === null ? [inProcess] : [inProcess, overValkey()];
}

const inProcess: BusKind = {
  name: 'in one process',
  start: async () => undefined,
  stop: async () => undefined,
  open() {
    const clock = manualClock();
    return { clock, bus: createInProcessBus(clock), settle, close: async () => undefined };
  },
};

function overValkey(): BusKind {
  let server: ValkeyServer | null = null;
  return {
    name: 'over Valkey',
    async start() {
      server = await startValkey();
    },
    stop: async () => server?.kill(),
    open() {
      if (server === null) throw new Error('the server was not started');
      const valkey = createValkeyBus({
        target: parseBusUrl(server.url),
        prefix: randomUUID(),
        log: silentLog,
        meter: countingMeter().meter,
        clock: systemClock,
        newBoot: randomUUID,
        graceMs: 40,
      });
      const members = new Map<string, BusMember>();
      let arrived = 0;

      const desk = (id: string): string => `test/${id}`;
      /** What one process told another arrives before the answer to a question that was asked later. */
      async function pass(from: BusMember, id: string): Promise<void> {
        const asked = () => from.request(desk(id), { k: 'control', body: { pass: true } }, 5_000);
        // Until they know of each other.
        while ((await asked()) !== true) await settle();
      }
      async function quiet(): Promise<void> {
        for (let before = -1; before !== arrived; ) {
          before = arrived;
          await settle();
          const pairs = [...members].flatMap(([id, member]) =>
            [...members.keys()].filter((other) => other !== id).map((other) => pass(member, other)),
          );
          await Promise.all(pairs);
        }
      }
      const bus: Bus = {
        join(id, receiver) {
          const member = valkey.join(id, {
            onMessage(topic, message, from) {
              arrived += 1;
              receiver.onMessage(topic, message, from);
            },
            onRequest(topic, request, from) {
              if (topic === desk(id)) return true;
              arrived += 1;
              return receiver.onRequest(topic, request, from);
            },
          });
          member.subscribe(desk(id));
          members.set(id, member);
          return member;
        },
      };
      return {
        clock: manualClock(undefined, quiet),
        bus,
        settle: quiet,
        async close() {
          members.clear();
          await valkey.close();
        },
      };
    },
  };
}
