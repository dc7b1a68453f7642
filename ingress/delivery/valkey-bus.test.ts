import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../shared/contract/index.ts';
import { silentLog } from '../../test/support/engine.ts';
import { startValkey, VALKEY, type ValkeyServer } from '../../test/support/valkey.ts';
import { systemClock } from '../ports/clock.ts';
import type { BusMessage, BusRequest } from './bus.ts';
import { countingMeter } from './testing/counting-meter.ts';
import { createValkeyBus, type ValkeyBus } from './valkey-bus.ts';
import { parseBusUrl } from './valkey-bus-url.ts';

const ask = (...topics: string[]): BusMessage => ({ k: 'ask', topics });
const question: BusRequest = { k: 'control', body: { q: 1 } };

describe.skipIf(VALKEY === null)('the bus over Valkey', () => {
  let server: ValkeyServer;
  beforeAll(async () => {
    server = await startValkey('pass/word');
  });
  afterAll(() => server.kill());
  const open: ValkeyBus[] = [];
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close();
  });

  function members(answers: Record<string, (topic: string) => Promise<Json> | Json> = {}) {
    const prefix = randomUUID();
    const heard: [string, string, BusMessage, string][] = [];
    const join = (id: string) => {
      const { meter, count } = countingMeter();
      const bus = createValkeyBus({
        target: parseBusUrl(server.url),
        prefix,
        log: silentLog,
        meter,
        clock: systemClock,
        newBoot: randomUUID,
        beatMs: 100,
        graceMs: 60,
      });
      open.push(bus);
      const member = bus.join(id, {
        onMessage: (topic, message, from) => void heard.push([id, topic, message, from]),
        onRequest: (topic) => answers[id]?.(topic) ?? null,
      });
      return Object.assign(member, { bus, count });
    };
    return { join, heard };
  }
  const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

  it('brings messages to the other subscribers, in order whatever the topics, as often as they were sent', async () => {
    const { join, heard } = members();
    const [a, b, c] = [join('a'), join('b'), join('c')];
    for (const member of [a, b]) for (const topic of ['x', 'y']) member.subscribe(topic);
    c.subscribe('x');
    c.unsubscribe('x');
    await until(() => expect([a.heard('x'), a.heard('z')]).toEqual([true, false]));
    const sent = Array.from({ length: 500 }, (_, n) => [n % 3 === 0 ? 'y' : 'x', ask(String(n))] as const);
    for (const [topic, message] of sent) a.publish(topic, message);
    await until(() => expect(heard.length).toBe(500));
    expect(heard).toEqual(sent.map(([topic, message]) => ['b', topic, message, 'a']));
  });

  it('knows whether anybody else hears, soon after it changes', async () => {
    const { join } = members();
    const [a, b] = [join('a'), join('b')];
    expect(a.heard('x')).toBe(true);
    await until(() => expect(a.heard('x')).toBe(false));
    a.subscribe('x');
    await until(() => expect([a.heard('x'), b.heard('x')]).toEqual([false, true]));
    b.subscribe('x');
    await until(() => expect(a.heard('x')).toBe(true));
    b.leave();
    await until(() => expect(a.heard('x')).toBe(false));
  });

  it('lets what is said after a subscription be answered on it', async () => {
    const { join, heard } = members();
    const [a, b] = [join('a'), join('b')];
    a.subscribe('hall');
    await until(() => expect([a.heard('hall'), b.heard('hall')]).toEqual([false, true]));
    for (let n = 0; n < 50; n += 1) {
      const topic = `cell/${n}`;
      b.subscribe(topic);
      b.publish('hall', ask(topic));
      await until(() => expect(heard.at(-1)).toEqual(['a', 'hall', ask(topic), 'b']));
      // Whoever has heard of the new listener must know that it listens.
      expect(a.heard(topic)).toBe(true);
      a.publish(topic, ask('here'));
      await until(() => expect(heard.at(-1)).toEqual(['b', topic, ask('here'), 'a']));
    }
  });

  it('answers with the first that is not null, and with null at once when nobody has one', async () => {
    const { join } = members({ b: () => null, c: () => Promise.resolve('yes') });
    const [a, b, c] = [join('a'), join('b'), join('c')];
    const began = performance.now();
    expect(await a.request('x', question, 10_000)).toBeNull();
    b.subscribe('x');
    await until(() => expect(a.heard('x')).toBe(true));
    expect(await a.request('x', question, 10_000)).toBeNull();
    c.subscribe('x');
    await until(async () => expect(await a.request('x', question, 10_000)).toBe('yes'));
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it('takes a failed answer as none, and does not wait beyond the time', async () => {
    const { join } = members({
      b: (topic) => (topic === 'fails' ? Promise.reject(new Error('no')) : new Promise(() => {})),
    });
    const [a, b] = [join('a'), join('b')];
    b.subscribe('fails');
    b.subscribe('hangs');
    await until(() => expect([a.heard('fails'), a.heard('x')]).toEqual([true, false]));
    expect(await a.request('fails', question, 10_000)).toBeNull();
    expect(await a.request('hangs', question, 50)).toBeNull();
  });

  it('tells a process that comes later what the others hear already', async () => {
    const { join } = members({ a: () => 'here' });
    const a = join('a');
    for (let n = 0; n < 2_500; n += 1) a.subscribe(`t/${n}`);
    await until(() => expect(a.heard('x')).toBe(false));
    const b = join('b');
    expect(await b.request('t/2499', question, 5_000)).toBe('here');
    expect([b.heard('t/0'), b.heard('x')]).toEqual([true, false]);
  });

  it('keeps installations apart that share a server', async () => {
    const [one, other] = [members(), members()];
    const [a, b] = [one.join('a'), other.join('b')];
    b.subscribe('x');
    await until(() => expect([a.heard('x'), b.heard('y')]).toEqual([false, false]));
    expect(await a.request('x', question, 1_000)).toBeNull();
  });

  it('goes on after the server was killed and started again, and loses what was said meanwhile', async () => {
    const { join, heard } = members({ b: () => 'here' });
    const [a, b] = [join('a'), join('b')];
    b.subscribe('x');
    await until(() => expect([a.heard('x'), a.heard('y')]).toEqual([true, false]));
    await server.kill();
    await until(() => expect([a.count('bus_up'), b.count('bus_up')]).toEqual([0, 0]));
    expect(a.heard('x')).toBe(false);
    a.publish('x', ask('lost'));
    expect(await a.request('x', question, 10_000)).toBeNull();
    b.subscribe('z');
    await server.start();
    await until(() => expect([a.count('bus_up'), b.count('bus_up')]).toEqual([1, 1]));
    await until(() => expect([a.heard('x'), a.heard('y'), a.heard('z')]).toEqual([true, false, true]));
    a.publish('x', ask('back'));
    await until(() => expect(heard).toEqual([['b', 'x', ask('back'), 'a']]));
    expect(await a.request('z', question, 5_000)).toBe('here');
  });

  it('notices a server that stands still with its connections open', async () => {
    const { join } = members();
    const a = join('a');
    await until(() => expect(a.count('bus_up')).toBe(1));
    server.freeze();
    try {
      await until(() => expect(a.count('bus_up')).toBe(0));
    } finally {
      server.thaw();
    }
    await until(() => expect(a.count('bus_up')).toBe(1));
  });
});
