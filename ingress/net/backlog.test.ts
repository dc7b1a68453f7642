import { expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

const text = (backlog: Backlog) => [...backlog.frames()].map(String);

it('frames leave in the order in which they came', () => {
  const backlog = new Backlog();
  expect([backlog.bytes, text(backlog)]).toEqual([0, []]);
  for (const frame of ['one', 'two']) backlog.add(null, Buffer.from(frame));
  backlog.add('move', Buffer.from('three'));
  expect([backlog.bytes, text(backlog)]).toEqual([11, ['one', 'two', 'three']]);
});

it('a frame that replaces another goes to the end', () => {
  const backlog = new Backlog();
  backlog.add('move', Buffer.from('old'));
  backlog.add(null, Buffer.from('chat'));
  backlog.add('turn', Buffer.from('turn'));
  expect(backlog.takeOut('move')).toBe(true);
  backlog.add('move', Buffer.from('newer'));
  expect([backlog.bytes, text(backlog)]).toEqual([13, ['chat', 'turn', 'newer']]);
});

it('nothing waits under a key that was not used, nor under the number of another frame', () => {
  const backlog = new Backlog();
  backlog.add(null, Buffer.from('one'));
  expect([backlog.takeOut('move'), backlog.takeOut('1'), backlog.bytes]).toEqual([false, false, 3]);
});
