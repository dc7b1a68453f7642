import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Bus } from './bus.ts';
import { ValkeyBusMember } from './valkey-bus-member.ts';
import type { BusTarget } from './valkey-bus-url.ts';

export interface ValkeyBusOptions {
  readonly target: BusTarget;
  /** Put before the names of all channels: installations that share a server must differ in it. */
  readonly prefix: string;
  readonly log: Log;
  readonly meter: Meter;
  readonly clock: Clock;
  /** A name that no other run of a process has; letters, digits and hyphens. */
  readonly newBoot: () => string;
  /** How often a process gives a sign of life, in milliseconds. @default 2000 */
  readonly beatMs?: number;
  /** For how long a process that has just connected waits to be told who else is there, in milliseconds. @default 300 */
  readonly graceMs?: number;
  /** How long the server may take to let a process in, in milliseconds. @default 5000 */
  readonly patienceMs?: number;
}

export interface ValkeyBus extends Bus {
  /** All members leave; resolves when the others were told. */
  close(): Promise<void>;
}

/**
 * The bus between processes on several machines: publish and subscribe of a Valkey (or Redis) server. The server keeps nothing. While it
 * cannot be reached each process goes on alone, tries again, and says so (`bus_up`, `bus_down`).
 */
export function createValkeyBus(options: ValkeyBusOptions): ValkeyBus {
  const members: ValkeyBusMember[] = [];
  return {
    join(ingressId, receiver) {
      const member = new ValkeyBusMember(ingressId, receiver, options);
      members.push(member);
      return member;
    },
    async close() {
      for (const member of members) member.leave();
      await Promise.all(members.map((member) => member.left));
    },
  };
}
