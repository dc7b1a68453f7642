import { expect, test } from 'vitest';
import { MemoryKeeper } from '../../test/support/memory-keeper.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import { Channel } from './channel.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Pressure } from './pressure.ts';

const ingress = { host: '203.0.113.7', port: 29_000 };
function channelOf(more: Partial<EdgeConnection> = {}): Channel {
  const connection: EdgeConnection = {
    id: 'a-1',
    kind: 'client',
    actor: null,
    address: '198.51.100.1',
    stage: 'login',
    state: new MemoryKeeper().open(),
    socket: null,
    ...more,
  };
  return new Channel(connection, new Pressure(DEFAULT_LIMITS));
}

test('turns are told where their client can be sent: to the ingress, or to the zone by which it came', () => {
  expect(channelOf().facts(ingress).public).toEqual(ingress);
  const other = channelOf({ publicHost: '203.0.113.8' });
  expect(other.facts(ingress).public).toEqual({ host: '203.0.113.8', port: 29_000 });
});

test('what turns are told is made anew only when the stage has changed', () => {
  const channel = channelOf();
  const first = channel.facts(ingress);
  expect(channel.facts(ingress)).toBe(first);
  channel.connection.stage = 'world';
  expect(channel.facts(ingress).stage).toBe('world');
});
