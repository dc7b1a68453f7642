import type { Bus } from './bus.ts';
import { ValkeyBusMember } from './valkey-bus-member.ts';
import type { ValkeyBusOptions } from './valkey-bus-options.ts';

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
