import { describe, expect, it } from 'vitest';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('events with much in them', () => {
  const setUp = () => {
    const a = scriptFamily('a', { batching: { maxBytes: 5_000 } });
    const turns: number[] = [];
    const rig = rigOf([a], {}, (invoker) => ({
      ...invoker,
      invoke(target, event, signal) {
        turns.push(event.turns.length);
        return invoker.invoke(target, event, signal);
      },
    }));
    return { rig, turns, clients: upTo(4).map(() => rig.connect()) };
  };

  it('carry fewer turns when their messages are long', async () => {
    const { rig, turns, clients } = setUp();
    const payload = { tag: 'x'.repeat(3000) };
    for (const { connection } of clients)
      rig.router.packet(connection, 'A_DO', 1, payload, 3020, rig.clock.monotonic());
    await rig.settle();
    expect(turns).toEqual([1, 1, 1, 1]);
  });

  it('carry fewer turns when their state is large', async () => {
    const { rig, turns, clients } = setUp();
    const sections = { 'a-counter': { value: 'x'.repeat(3000) } };
    for (const client of clients) client.send('A_DO', { result: { state: { sections } } });
    await rig.settle();
    turns.length = 0;
    for (const client of clients) client.send('A_DO', { tag: 'x' });
    await rig.settle();
    expect(turns).toEqual([1, 1, 1, 1]);
  });
});

it('a client with few but long packets is read again only when little of them is left', async () => {
  const gates: (() => void)[] = [];
  const rig = rigOf([scriptFamily('a')], { turnMessages: 1, queueBytes: 30_000 }, (invoker) => ({
    ...invoker,
    async invoke(target, event, signal) {
      await new Promise<void>((resolve) => gates.push(resolve));
      return invoker.invoke(target, event, signal);
    },
  }));
  const client = rig.connect();
  const paused: boolean[] = [];
  for (const tag of upTo(6)) {
    rig.router.packet(client.connection, 'A_DO', 1, { tag }, 2_000, rig.clock.monotonic());
    await rig.settle();
  }
  while (gates.length > 0) {
    paused.push(client.paused);
    gates.shift()?.();
    await rig.settle();
  }
  expect(paused.slice(0, 4)).toEqual([true, true, true, true]);
  expect(paused.at(-1)).toBe(false);
  expect(client.told('echo')).toEqual(upTo(6));
});
