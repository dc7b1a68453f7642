import { describe, expect, it } from 'vitest';
import type { SignalEnvelope } from '../ports/delivery.ts';
import { look } from './testing/look.ts';
import { settle } from './testing/manual-clock.ts';
import { actor, place, stage } from './testing/stage.ts';

function to(address: string, key = '1/0'): SignalEnvelope {
  return {
    to: address,
    name: 'test.signal',
    payload: { a: 1 },
    from: { connection: 'x', characterId: null, hops: 1 },
    key,
  };
}

describe('signals', () => {
  it('reach every kind of address on the own process before the call returns', () => {
    const a = stage().open('a');
    const one = a.connect('1', { user: 'u1', character: 'c1' });
    look(a.hub, one.connection, place(2001, 'map/1/0,0'), undefined);
    actor(a, 'actor/map/1/r2');
    const known = [
      `connection/${one.connection.id}`,
      'user/u1',
      'character/c1',
      'object/1/2001',
      'actor/map/1/r2',
    ];
    for (const address of known) void a.hub.signal(to(address));
    expect(a.signals.map(({ envelope }) => envelope.to)).toEqual(known);
    expect(a.started).toEqual([]);
  });

  it('reach every kind of address on another process', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    const one = b.connect('1', { user: 'u1', character: 'c1' });
    look(b.hub, one.connection, place(2001, 'map/1/0,0'), undefined);
    actor(b, 'actor/map/1/r2');
    const known = [
      `connection/${one.connection.id}`,
      'user/u1',
      'character/c1',
      'object/1/2001',
      'actor/map/1/r2',
    ];
    for (const address of known) expect(await a.hub.signal(to(address))).toBe(true);
    expect(b.signals.map(({ envelope }) => envelope)).toEqual(known.map((address) => to(address)));
    expect(a.signals).toEqual([]);
    expect(a.started).toEqual([]);
  });

  it('come back when nobody is there, or who is there is closing', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    const [one, two] = [a.connect('1', { character: 'c1' }), b.connect('2', { character: 'c2' })];
    a.closing.add(one.connection.id);
    b.closing.add(two.connection.id);
    expect(await a.hub.signal(to('character/nobody'))).toBe(false);
    expect(await a.hub.signal(to('character/c1'))).toBe(false);
    expect(await a.hub.signal(to('character/c2'))).toBe(false);
    b.hub.detach(two.connection);
    expect(await a.hub.signal(to('character/c2'))).toBe(false);
  });

  it('to a user reach all of the user’s connections on all processes', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    a.connect('1', { user: 'u1' });
    b.connect('2', { user: 'u1' });
    b.connect('3', { user: 'u1' });
    expect(await a.hub.signal(to('user/u1'))).toBe(true);
    expect([a.signals.length, b.signals.length]).toEqual([1, 2]);
  });

  it('to a character are taken by one connection only', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    const old = a.connect('1', { character: 'c1' });
    b.connect('2', { character: 'c1' });
    await a.hub.signal(to('character/c1'));
    expect([a.signals.length, b.signals.length]).toEqual([1, 0]);
    const third = a.connect('3', { character: 'c1' });
    await a.hub.signal(to('character/c1'));
    expect([a.signals.length, b.signals.length]).toEqual([2, 0]);
    for (const { connection } of [old, third]) a.closing.add(connection.id);
    await a.hub.signal(to('character/c1'));
    expect([a.signals.length, b.signals.length]).toEqual([2, 1]);
  });

  it('start an actor that nobody runs, once for signals in a row, and keep their order', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    expect(await a.hub.signal(to('actor/map/1/r1', '1/0'))).toBe(true);
    expect(await b.hub.signal(to('actor/map/1/r1', '2/0'))).toBe(true);
    expect(a.started).toEqual(['actor/map/1/r1']);
    expect(b.started).toEqual([]);
    expect(a.signals.map(({ envelope }) => envelope.key)).toEqual(['1/0', '2/0']);
  });

  it('that come while an actor is about to be there come after those that started it', async () => {
    const later: Promise<boolean>[] = [];
    const { open } = stage({
      startActor(address, ingress) {
        const started = actor(ingress, address);
        // The address is known from here on, and the starter has not gone on yet.
        for (const key of ['2/0', '3/0']) later.push(ingress.hub.signal(to(address, key)));
        return started;
      },
    });
    const a = open('a');
    expect(await a.hub.signal(to('actor/map/1/r1', '1/0'))).toBe(true);
    expect(await Promise.all(later)).toEqual([true, true]);
    expect(a.signals.map(({ envelope }) => envelope.key)).toEqual(['1/0', '2/0', '3/0']);
  });

  it('go to the process that was faster when the actor cannot be started here', async () => {
    const { open } = stage({
      startActor(address, ingress) {
        if (ingress.id === 'a') actor(b, address);
        return null;
      },
    });
    const [a, b] = [open('a'), open('b')];
    expect(await a.hub.signal(to('actor/map/1/r1'))).toBe(true);
    expect(b.signals).toHaveLength(1);
  });

  it('to an object go to the connection that took it over', async () => {
    const a = stage().open('a');
    const [old, young] = [a.connect('1'), a.connect('2')];
    look(a.hub, old.connection, place(2001, 'map/1/0,0'), undefined);
    look(a.hub, young.connection, place(2001, 'map/1/0,0'), undefined);
    expect(await a.hub.signal(to('object/1/2001'))).toBe(true);
    expect(a.signals.map(({ connection }) => connection)).toEqual([young.connection.id]);
  });

  it('follow an object when its connection is seen as another one', async () => {
    const a = stage().open('a');
    const one = a.connect('1');
    look(a.hub, one.connection, place(2001, 'map/1/0,0'), undefined);
    look(a.hub, one.connection, place(2002, 'map/1/0,0'), undefined);
    expect(await a.hub.signal(to('object/1/2001'))).toBe(false);
    expect(await a.hub.signal(to('object/1/2002'))).toBe(true);
    look(a.hub, one.connection, null, undefined);
    expect(await a.hub.signal(to('object/1/2002'))).toBe(false);
  });
});

describe('questions between processes', () => {
  it('are answered by the connection at the address, here or elsewhere, or by nobody', async () => {
    const { open } = stage({ control: (connection, body) => ({ from: connection.id, ...body }) });
    const [a, b] = [open('a'), open('b')];
    a.connect('1', { character: 'c1' });
    b.connect('2', { character: 'c2' });
    expect(await a.hub.ask('character/c1', { q: 1 })).toEqual({ from: 'a-1', q: 1 });
    expect(await a.hub.ask('character/c2', { q: 2 })).toEqual({ from: 'b-2', q: 2 });
    expect(await a.hub.ask('character/c3', { q: 3 })).toBeNull();
  });

  it('are given up when no answer comes in time', async () => {
    const { clock, open } = stage({ control: () => new Promise(() => {}), limits: { requestMs: 500 } });
    const [a, b] = [open('a'), open('b')];
    b.connect('2', { character: 'c2' });
    let answer: unknown = 'none yet';
    void a.hub.ask('character/c2', {}).then((value) => {
      answer = value;
    });
    await clock.advance(499);
    expect(answer).toBe('none yet');
    await clock.advance(1);
    await settle();
    expect(answer).toBeNull();
  });

  it('and everything else stop when a process leaves', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    b.connect('2', { character: 'c2' });
    b.hub.stop();
    expect(await a.hub.signal(to('character/c2'))).toBe(false);
  });
});
