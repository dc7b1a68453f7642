import { randomUUID } from 'node:crypto';
import { Redis } from 'iovalkey';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../shared/contract/index.ts';
import { startRelay } from '../../test/support/tcp-relay.ts';
import { startValkey, VALKEY, type ValkeyServer } from '../../test/support/valkey.ts';
import type { Log } from '../operations/log.ts';
import { systemClock } from '../ports/clock.ts';
import type { BusMessage, BusRequest } from './bus.ts';
import { countingMeter } from './testing/counting-meter.ts';
import { createValkeyBus, type ValkeyBus } from './valkey-bus.ts';
import { parseBusUrl } from './valkey-bus-url.ts';

const ask = (...topics: string[]): BusMessage => ({ k: 'ask', topics });
const question: BusRequest = { k: 'control', body: { q: 1 } };

function recordingLog(): Log & { readonly lines: { readonly fields: object; readonly message: string }[] } {
  const lines: { readonly fields: object; readonly message: string }[] = [];
  const note = (fields: object, message: string): void => void lines.push({ fields, message });
  const log = { lines, debug: note, info: note, warn: note, error: note, child: () => log };
  return log;
}

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

  function members(
    answers: Record<string, (topic: string) => Promise<Json> | Json> = {},
    {
      url = server.url,
      beatMs = 100,
      onHeard = (_topic: string, _message: BusMessage): void => undefined,
    } = {},
  ) {
    const prefix = randomUUID();
    const heard: [string, string, BusMessage, string][] = [];
    const log = recordingLog();
    const join = (id: string, at = url) => {
      const { meter, count } = countingMeter();
      const bus = createValkeyBus({
        target: parseBusUrl(at),
        prefix,
        log,
        meter,
        clock: systemClock,
        newBoot: randomUUID,
        beatMs,
        graceMs: 60,
        patienceMs: 300,
      });
      open.push(bus);
      const member = bus.join(id, {
        onMessage(topic, message, from) {
          heard.push([id, topic, message, from]);
          onHeard(topic, message);
        },
        onRequest: (topic) => answers[id]?.(topic) ?? null,
      });
      return Object.assign(member, { bus, count });
    };
    return { join, heard, prefix, lines: log.lines };
  }
  const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

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
    const known: boolean[] = [];
    const { join, heard } = members(
      {},
      {
        onHeard(topic, message) {
          // Whoever hears the question must know by then that the asker listens.
          if (topic === 'hall' && message.k === 'ask') known.push(a.heard(message.topics[0] ?? ''));
        },
      },
    );
    const [a, b] = [join('a'), join('b')];
    a.subscribe('hall');
    await until(() => expect([a.heard('hall'), b.heard('hall')]).toEqual([false, true]));
    for (let n = 0; n < 50; n += 1) {
      const topic = `cell/${n}`;
      b.subscribe(topic);
      b.publish('hall', ask(topic));
      await until(() => expect(heard.at(-1)).toEqual(['a', 'hall', ask(topic), 'b']));
      a.publish(topic, ask('here'));
      await until(() => expect(heard.at(-1)).toEqual(['b', topic, ask('here'), 'a']));
    }
    expect(known).toEqual(Array(50).fill(true));
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
    const { join } = members({ a: () => 'here' }, { beatMs: 60_000 });
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

  it('knows what a process hears no more that was cut off for a moment', async () => {
    const relay = await startRelay(server.port);
    try {
      const { join } = members({}, { beatMs: 1_000 });
      const a = join('a');
      const b = join('b', relay.url.replace('http://', 'valkey://:pass%2Fword@'));
      for (const topic of ['x', 'y']) b.subscribe(topic);
      await until(() => expect([a.heard('x'), a.heard('y'), a.heard('z')]).toEqual([true, true, false]));
      relay.cut();
      await until(() => expect(b.count('bus_up')).toBe(0));
      b.unsubscribe('x');
      await until(() => expect(b.count('bus_up')).toBe(1));
      await until(() => expect([a.heard('x'), a.heard('y'), a.heard('z')]).toEqual([false, true, false]));
    } finally {
      for (const bus of open.splice(0)) await bus.close();
      await relay.close();
    }
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

  it('gives up on a server that lets it connect and never answers, and tries again', async () => {
    const relay = await startRelay(server.port);
    try {
      relay.hold();
      const { join, lines } = members({}, { url: relay.url.replace('http://', 'valkey://:pass%2Fword@') });
      const a = join('a');
      expect(a.heard('x')).toBe(true);
      await until(() => expect(a.heard('x')).toBe(false));
      await until(() => expect(relay.connections).toBeGreaterThanOrEqual(6));
      relay.release();
      await until(() => expect(a.count('bus_up')).toBe(1));
      const told = lines.map(({ fields, message }) => ({ ...fields, message }));
      expect(told).toMatchObject([
        { code: 'bus_down', reason: 'no answer in time' },
        { message: 'the bus is back' },
      ]);
    } finally {
      for (const bus of open.splice(0)) await bus.close();
      await relay.close();
    }
  });

  it('says why it is not let in, and no secret', async () => {
    const { join, lines } = members({}, { url: server.url.replace('pass', 'hush') });
    const a = join('a');
    await until(() => expect(lines.length).toBe(1));
    expect(lines[0]?.fields).toMatchObject({
      code: 'bus_down',
      reason: expect.stringMatching(/WRONGPASS|invalid/),
    });
    expect(JSON.stringify(lines)).not.toMatch(/hush|word@/);
    expect(await a.request('x', question, 10_000)).toBeNull();
  });

  it('survives what it cannot understand, of strangers and of its own kind', async () => {
    const { join, heard, prefix, lines } = members(
      {},
      {
        onHeard(topic) {
          if (topic === 'fails') throw new Error('another version');
        },
      },
    );
    const [a, b] = [join('a'), join('b')];
    for (const topic of ['fails', 'x']) b.subscribe(topic);
    await until(() => expect([a.heard('x'), a.heard('y')]).toEqual([true, false]));
    const stranger = new Redis({ host: '127.0.0.1', port: server.port, password: 'pass/word' });
    for (const text of [
      'hello',
      '["run-1",1,"c",{"k":"new"}]',
      '["run-1",2,"c",{"k":"whole"}]',
      '["run-1",3,"c",{"k":"whole","version":1,"topics":5}]',
      '["run-1",4,"c",{"k":"whole","version":1,"topics":[]}]',
      '["run-1",5,"c",{"k":"interest","version":2}]',
    ])
      await stranger.publish(`${prefix}bus1:topic:x`, text);
    stranger.disconnect();
    a.publish('fails', ask('1'));
    a.publish('x', ask('2'));
    await until(() => expect(heard.map(([, topic]) => topic)).toEqual(['fails', 'x']));
    const codes = lines.flatMap(({ fields }) => ('code' in fields ? [fields.code] : []));
    expect(codes.filter((code) => code === 'bad_bus_letter')).toHaveLength(1);
    expect(codes).toContain('internal_error');
  });
});
