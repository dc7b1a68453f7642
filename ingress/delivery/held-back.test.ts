import { expect, it } from 'vitest';
import type { SendMessage } from './bus.ts';
import { HeldBack } from './replaceable.ts';
import { manualClock } from './testing/manual-clock.ts';

const message = (sender: string): SendMessage => ({
  k: 'send',
  packets: [],
  sender,
  except: null,
  replace: 'move',
  object: null,
});

it('a topic that is swept sends no sooner again, and one that was quiet at once', async () => {
  const clock = manualClock();
  const left: string[] = [];
  const held = new HeldBack({
    clock,
    everyMs: 50,
    leave: (topic, { sender }) => left.push(`${topic} ${sender}`),
    drop: () => {},
  });
  held.offer('t', message('a'));
  held.sweep();
  held.offer('t', message('b'));
  held.sweep();
  expect(left).toEqual(['t a']);
  await clock.advance(50);
  expect(left).toEqual(['t a', 't b']);
  held.offer('t', message('c'));
  expect(left).toHaveLength(2);
  await clock.advance(100);
  held.sweep();
  held.offer('t', message('d'));
  expect(left).toEqual(['t a', 't b', 't c', 't d']);
});
