import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/contract/index.ts';
import type { BusMessage, BusRequest } from './bus.ts';
import { createInProcessBus } from './in-process-bus.ts';
import { manualClock, settle } from './testing/manual-clock.ts';

const ask = (...topics: string[]): BusMessage => ({ k: 'ask', topics });
const question: BusRequest = { k: 'control', body: { q: 1 } };

function three(answers: Record<string, () => Promise<Json> | Json> = {}) {
  const clock = manualClock();
  const bus = createInProcessBus(clock);
  const heard: [string, string, BusMessage, string][] = [];
  const join = (id: string) =>
    bus.join(id, {
      onMessage: (topic, message, from) => void heard.push([id, topic, message, from]),
      onRequest: () => answers[id]?.() ?? null,
    });
  return { clock, heard, a: join('a'), b: join('b'), c: join('c') };
}

describe('the in-process bus', () => {
  it('brings messages to the other subscribers, later, in order, as copies', async () => {
    const { heard, a, b, c } = three();
    for (const member of [a, b, c]) member.subscribe('x');
    c.unsubscribe('x');
    const message = ask('1');
    a.publish('x', message);
    a.publish('y', ask('nobody'));
    a.publish('x', ask('2'));
    expect(heard).toEqual([]);
    await settle();
    expect(heard).toEqual([
      ['b', 'x', ask('1'), 'a'],
      ['b', 'x', ask('2'), 'a'],
    ]);
    expect(heard[0]?.[2]).not.toBe(message);
  });

  it('knows whether anybody else hears', () => {
    const { a, b } = three();
    expect(a.heard('x')).toBe(false);
    a.subscribe('x');
    expect(a.heard('x')).toBe(false);
    expect(b.heard('x')).toBe(true);
    b.subscribe('x');
    expect(a.heard('x')).toBe(true);
    b.leave();
    expect(a.heard('x')).toBe(false);
  });

  it('answers with the first that is not null, and with null when nobody has one', async () => {
    const { a, b, c } = three({ b: () => null, c: () => Promise.resolve('yes') });
    expect(await a.request('x', question, 100)).toBeNull();
    b.subscribe('x');
    expect(await a.request('x', question, 100)).toBeNull();
    c.subscribe('x');
    expect(await a.request('x', question, 100)).toBe('yes');
  });

  it('takes a failed answer as none, and does not wait beyond the time', async () => {
    const { clock, a, b, c } = three({
      b: () => Promise.reject(new Error('no')),
      c: () => new Promise(() => {}),
    });
    b.subscribe('x');
    expect(await a.request('x', question, 100)).toBeNull();
    c.subscribe('x');
    const answer = a.request('x', question, 100);
    await clock.advance(100);
    expect(await answer).toBeNull();
  });

  it('brings nothing to one that left, not even what was on its way', async () => {
    const { heard, a, b } = three();
    b.subscribe('x');
    a.publish('x', ask('1'));
    b.leave();
    await settle();
    expect(heard).toEqual([]);
  });
});
