import { expect, it } from 'vitest';
import { MemoryKeeper } from '../../test/support/memory-keeper.ts';
import { Channel } from './channel.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Line } from './line.ts';
import { Pressure } from './pressure.ts';

const keeper = new MemoryKeeper();
const pressure = new Pressure(DEFAULT_LIMITS);
function channelOf(id: string): Channel {
  const facts = { id, kind: 'client', actor: null, address: '198.51.100.1', stage: 'login' } as const;
  return new Channel({ ...facts, state: keeper.open(), socket: null }, pressure);
}

it('whoever came first is served first, however long the line is and however often it was empty', () => {
  const line = new Line();
  const came: string[] = [];
  const served: string[] = [];
  const come = (): void => {
    const id = `c-${came.length}`;
    came.push(id);
    line.push(channelOf(id));
  };
  for (const [more, fewer] of [
    [1, 2],
    [6_000, 5_000],
    [200, 1_200],
    [3, 3],
  ] as const) {
    for (let n = 0; n < more; n += 1) come();
    for (let n = 0; n < fewer; n += 1) served.push(line.shift()?.connection.id ?? 'nobody');
    expect(line.length).toBe(came.length - served.filter((id) => id !== 'nobody').length);
  }
  expect(served.filter((id) => id !== 'nobody')).toEqual(came);
  expect(served.filter((id) => id === 'nobody')).toHaveLength(1);
  expect(line.shift()).toBeUndefined();
});
