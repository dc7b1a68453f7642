import { describe, expect, it } from 'vitest';
import { HeldInvocations } from '../../test/support/held-invocations.ts';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

const echo = (value: unknown) => ({ name: 'SRV_ECHO', payload: { echo: value } });

describe('the end of a connection', () => {
  it('comes after what was read is handled and answered, then handlers are told, then state is let go', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b', { lifecycle: ['edge.closing'] });
    const rig = rigOf([a, b]);
    const client = rig.connect();
    for (const tag of [1, 2]) client.send('A_SLOW', { tag });
    client.send('B_DO', { tag: 3 });
    const closed = rig.router.close(client.connection, 'client_closed');
    client.send('A_DO', { tag: 'after the end' });
    await rig.settle();
    await closed;
    expect(client.told('echo')).toEqual([1, 2, 3]);
    expect(a.tags()).toEqual([1, 2, 'edge.closing']);
    expect(b.tags()).toEqual([3, 'edge.closing']);
    expect(a.heard.at(-1)?.message).toMatchObject({ payload: { reason: 'client_closed' } });
    expect(rig.keeper.closed).toEqual([client.connection.id]);
    expect(rig.hub.departures.at(-1)).toMatchObject({ what: 'detach' });
    expect(rig.router.size).toEqual({ connections: 0, timers: 0 });
  });

  it('still runs what the connection tells itself', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', {
      result: { signals: [{ to: 'self', name: 'a.do', payload: { result: { replies: [echo('last')] } } }] },
    });
    await Promise.all([rig.router.close(client.connection, 'client_closed'), rig.settle()]);
    expect(client.told('echo')).toEqual(['last']);
  });

  it('lets closing handlers change state, deliver and signal; their replies go nowhere', async () => {
    const result = {
      state: { sections: { 'a-counter': { value: 9 } } },
      replies: [echo('too late')],
      place: null,
      deliveries: [{ to: 'map/1', packets: [echo('gone')] }],
      signals: [{ to: 'character/c2', name: 'a.do', payload: { tag: 'farewell' } }],
      timers: [{ name: 'a-1', at: 0 }],
    };
    const a = scriptFamily('a', { answers: { 'edge.closing': result as never } });
    const rig = rigOf([a]);
    const [client, other] = [rig.connect(), rig.connect()];
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    other.send('A_DO', { result: { state: { characterId: 'c2' } } });
    await rig.settle();
    const before = rig.hub.departures.length;
    await Promise.all([rig.router.kick(client.connection, 'kicked'), rig.settle()]);
    expect(rig.hub.departures.slice(before).map(({ what }) => what)).toEqual([
      'look',
      'deliver',
      'signal',
      'detach',
    ]);
    expect(rig.keeper.entity('c1').sections).toEqual({ 'a-counter': { value: 9 } });
    expect(a.heard.at(-1)).toMatchObject({
      connection: other.connection.id,
      message: { payload: { tag: 'farewell' } },
    });
    expect(rig.router.size.timers).toBe(0);
  });

  it('costs no invocation when no handler ever heard of the connection', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    await Promise.all([rig.router.close(client.connection, 'client_closed'), rig.settle()]);
    expect(a.heard).toEqual([]);
    expect(rig.keeper.closed).toEqual([client.connection.id]);
  });

  it('by force of others drops what waits but finishes the turn in flight', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    let keep: () => void = () => {};
    rig.keeper.before = () => new Promise((resolve) => (keep = resolve));
    client.send('A_DO', {
      result: { state: { sections: { 'a-counter': { value: 1 } } }, replies: [echo('kept')] },
    });
    await rig.settle();
    client.send('A_DO', { tag: 'dropped' });
    const kicked = rig.router.kick(client.connection, 'kicked');
    await rig.settle();
    expect(client.paused).toBe(true);
    expect(client.closedWith).toBe(null);
    keep();
    await rig.settle();
    await kicked;
    expect(client.told('echo')).toEqual(['kept']);
    expect(client.closedWith).toBe('kicked');
    expect(rig.keeper.commits).toHaveLength(1);
    expect(a.tags()).toEqual(['A_DO', 'edge.closing']);
  });
});

describe('draining', () => {
  it('finishes turns in flight and ends clients, then actors', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const actor = await rig.router.startActor('actor/x');
    const clients = Array.from({ length: 20 }, () => rig.connect());
    for (const client of clients) client.send('A_DO', { tag: 1 });
    await rig.settle();
    const drained = rig.router.drain(1000);
    const late = rig.connect();
    await rig.settle();
    expect(await drained).toBe(0);
    expect(late.closedWith).toBe('shutting_down');
    for (const client of clients) expect(client.closedWith).toBe('shutting_down');
    expect(rig.keeper.closed.at(-1)).toBe(actor?.id);
    expect(rig.router.size.connections).toBe(0);
    expect(await rig.router.startActor('actor/y')).toBe(null);
  });

  it('takes nothing of what comes too late', async () => {
    const a = scriptFamily('a', { timeout: 60_000 });
    const held = new HeldInvocations();
    const rig = rigOf([a], {}, held.wrap);
    const client = rig.connect();
    client.send('A_DO', {
      result: { state: { sections: { 'a-counter': { value: 1 } } }, replies: [echo('late')] },
    });
    await rig.settle();
    const drained = rig.router.drain(1000);
    await rig.pass(1000);
    expect(await drained).toBe(1);
    held.open();
    await rig.settle();
    expect(a.heard).toHaveLength(1);
    expect(client.replies).toEqual([]);
    expect(rig.keeper.commits).toEqual([]);
    expect(rig.meter.total('drops_total', { what: 'packet', reason: 'shutting_down' })).toBe(1);
  });

  it('cuts short whoever is not done in time', async () => {
    const a = scriptFamily('a', { timeout: 60_000 });
    const rig = rigOf([a], {}, (invoker) => ({ ...invoker, invoke: () => new Promise(() => {}) }));
    const clients = [rig.connect(), rig.connect()];
    for (const client of clients) client.send('A_DO', { tag: 1 });
    await rig.settle();
    const drained = rig.router.drain(1000);
    await rig.pass(1000);
    expect(await drained).toBe(2);
    expect(rig.keeper.closed).toHaveLength(2);
    await rig.settle();
    expect(rig.router.size.connections).toBe(0);
  });
});
