import { describe, expect, it } from 'vitest';
import { HeldInvocations } from '../../test/support/held-invocations.ts';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

describe('another route table', () => {
  it('takes effect for what waits; turns in flight finish by the old one', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const held = new HeldInvocations('a');
    const rig = rigOf([a, b], {}, held.wrap);
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.settle();
    client.send('A_DO', { tag: 'unhandled now' });
    client.send('B_DO', { tag: 2 });
    rig.router.replaceRoutes(rig.router.routes.without('a'));
    held.open();
    await rig.settle();
    expect(client.told('echo')).toEqual([1, 2]);
    client.send('A_DO');
    await rig.settle();
    expect(rig.meter.total('refusals_total', { reason: 'unhandled' })).toBe(1);
    expect(rig.meter.total('drops_total', { what: 'packet', reason: 'unhandled' })).toBe(1);
  });

  it('takes effect for what a turn in flight leaves for another one', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const held = new HeldInvocations();
    const rig = rigOf([a, b], {}, held.wrap);
    const client = rig.connect();
    client.send('A_DO', { result: { state: { stage: 'lobby' } } });
    client.send('A_DO', { tag: 'unhandled now' });
    client.send('B_DO', { tag: 1 });
    await rig.settle();
    rig.router.replaceRoutes(rig.router.routes.without('a'));
    held.open();
    await rig.settle();
    expect(held.asked.map(({ target }) => target.family)).toEqual(['a', 'b']);
    expect(client.told('echo')).toEqual([1]);
    expect(rig.meter.total('drops_total', { what: 'packet', reason: 'unhandled' })).toBe(1);
  });

  it('never mixes turns of two versions in one invocation', async () => {
    const a = scriptFamily('a', { batching: { maxBytes: 10_000, maxInFlight: 1 } });
    const held = new HeldInvocations();
    const rig = rigOf([a], {}, held.wrap);
    const clients = Array.from({ length: 20 }, () => rig.connect());
    for (const client of clients) client.send('A_DO', { tag: 1 });
    await rig.settle();
    // The turn for which the first batch had no room is made already, with what the old version is shown.
    rig.router.replaceRoutes(rig.router.routes.withManifest(a.manifest, 'a:next').table);
    await held.oneByOne(() => rig.settle());
    const names = held.asked.map(({ target }) => target.functionName);
    expect(names.slice(0, 3)).toEqual(['a', 'a', 'a:next']);
    expect(held.asked[1]?.event.turns).toHaveLength(1);
    for (const client of clients) expect(client.told('echo')).toEqual([1]);
  });

  it('gives connections that stand in line the new bounds', async () => {
    const a = scriptFamily('a', { batching: { maxInFlight: 1 } });
    const held = new HeldInvocations();
    const rig = rigOf([a], {}, held.wrap);
    const clients = Array.from({ length: 5 }, () => rig.connect());
    clients[0]?.send('A_DO', { tag: 0 });
    await rig.settle();
    for (const client of clients) client.send('A_DO', { tag: 1 });
    const next = rig.router.routes.withManifest({
      ...a.manifest,
      batching: { ...a.manifest.batching, maxInFlight: 3 },
    });
    rig.router.replaceRoutes(next.table);
    held.open();
    await rig.settle();
    expect(clients.map((client) => client.told('echo'))).toEqual([[0, 1], [1], [1], [1], [1]]);
  });

  it('keeps the order of a connection that stands in line while routes are replaced', async () => {
    const a = scriptFamily('a', { batching: { maxInFlight: 1 } });
    const held = new HeldInvocations();
    const rig = rigOf([a], { turnMessages: 1 }, held.wrap);
    const [other, client] = [rig.connect(), rig.connect()];
    other.send('A_DO', { tag: 0 });
    await rig.settle();
    for (const tag of [1, 2, 3]) client.send('A_DO', { tag });
    rig.router.replaceRoutes(rig.router.routes.withManifest(a.manifest).table);
    await held.oneByOne(() => rig.settle());
    expect(client.told('echo')).toEqual([1, 2, 3]);
  });

  it('is followed by timers and by packets without schema that wait', async () => {
    const [a, b] = [scriptFamily('a'), scriptFamily('b')];
    const held = new HeldInvocations('b');
    const rig = rigOf([a, b], {}, held.wrap);
    const claimed = { ...a.manifest.packets.A_DO, type: 0xabc } as const;
    const packets = { ...a.manifest.packets, A_DO: claimed } as typeof a.manifest.packets;
    rig.router.replaceRoutes(rig.router.routes.withManifest({ ...a.manifest, packets }).table);
    const client = rig.connect();
    client.send('A_DO', { result: { timers: [{ name: 'a-1', at: rig.clock.now() + 100 }] } });
    await rig.settle();
    client.send('B_DO', { tag: 'in the way' });
    await rig.settle();
    rig.router.rawPacket(client.connection, null, 0xabc, Buffer.from([1, 2]), 9, 0);
    await rig.pass(100);
    rig.router.replaceRoutes(rig.router.routes.withManifest({ ...a.manifest, packets }).table);
    held.open();
    await rig.settle();
    expect(a.heard.slice(1).map(({ message }) => message)).toMatchObject([
      { kind: 'packet', raw: 'AQI=' },
      { kind: 'timer', name: 'a-1' },
    ]);
  });

  it('moves packets that wait to another lane', async () => {
    const a = scriptFamily('a');
    const held = new HeldInvocations();
    const rig = rigOf([a], {}, held.wrap);
    const client = rig.connect();
    client.send('A_DO', { tag: 0 });
    await rig.settle();
    for (const tag of [1, 2, 3]) client.send('A_DO', { tag });
    const slow = { ...a.manifest.packets.A_DO, lane: 'slow' } as const;
    const packets = { ...a.manifest.packets, A_DO: slow } as typeof a.manifest.packets;
    rig.router.replaceRoutes(rig.router.routes.withManifest({ ...a.manifest, packets }).table);
    await held.oneByOne(() => rig.settle());
    // A slow lane takes one message a turn.
    const turns = held.asked.flatMap(({ event }) => event.turns);
    expect(turns.map(({ messages }) => messages.length)).toEqual([1, 1, 1, 1]);
    expect(client.told('echo')).toEqual([0, 1, 2, 3]);
  });
});
