import { describe, expect, it } from 'vitest';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

const signal = (to: string, payload: object, name = 'a.do') => ({
  result: { signals: [{ to, name, payload }] },
});
const from = (connection: string, hops = 1) => ({ connection, characterId: null, hops });

describe('signals', () => {
  it('reach another connection in its order, with their source', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const [one, two] = [rig.connect(), rig.connect()];
    one.send('A_DO', signal(`connection/${two.connection.id}`, { tag: 'hello' }));
    await rig.settle();
    expect(a.heard[1]).toMatchObject({
      connection: two.connection.id,
      message: { kind: 'signal', name: 'a.do', payload: { tag: 'hello' }, from: from(one.connection.id) },
    });
  });

  it('to oneself come after what waits', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_SLOW', signal('self', { tag: 'to myself' }));
    client.send('A_SLOW', { tag: 'waiting' });
    await rig.settle();
    expect(a.tags()).toEqual(['A_SLOW', 'waiting', 'to myself']);
  });

  it('run once, however often they come', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    const envelope = { to: 'user/u', name: 'a.do', payload: { tag: 1 }, from: from('i2-1'), key: 'i2-1:4/0' };
    expect(rig.router.take(client.connection, envelope)).toBe(true);
    expect(rig.router.take(client.connection, envelope)).toBe(true);
    await rig.settle();
    expect(rig.router.take(client.connection, envelope)).toBe(true);
    await rig.settle();
    expect(a.tags()).toEqual([1]);
    expect(rig.meter.total('signals_total', { outcome: 'duplicate' })).toBe(2);
  });

  it('come back when nobody takes them', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', signal('character/nobody', { x: 1 }));
    await rig.settle();
    expect(a.heard[1]?.message).toMatchObject({
      name: 'edge.undeliverable',
      payload: { to: 'character/nobody', name: 'a.do', payload: { x: 1 } },
    });
    expect(rig.meter.total('signals_total', { outcome: 'undeliverable' })).toBe(1);
  });

  it('end after four hops', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    const nested = (depth: number): object =>
      depth === 0 ? { tag: 0 } : { tag: depth, ...signal('self', nested(depth - 1)) };
    client.send('A_DO', nested(6));
    await rig.settle();
    expect(a.tags()).toEqual([6, 5, 4, 3, 2]);
    expect(rig.meter.total('signals_total', { outcome: 'hops' })).toBe(1);
  });

  it('do not lend their depth to packets that wait beside them', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    const deep = { to: 'user/u', name: 'a.do', payload: { tag: 'deep' }, from: from('i2-1', 4), key: 'k' };
    rig.router.take(client.connection, deep);
    client.send('A_DO', signal('self', { tag: 'fresh' }));
    await rig.settle();
    expect(a.tags()).toEqual(['deep', 'A_DO', 'fresh']);
  });

  it('that no family listens to are counted', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', signal('self', {}, 'z.unheard'));
    await rig.settle();
    expect(rig.meter.total('drops_total', { what: 'signal', reason: 'signal_unhandled' })).toBe(1);
  });

  it("cannot be sent in the ingress's name", async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const [one, two] = [rig.connect(), rig.connect()];
    one.send('A_DO', signal(`connection/${two.connection.id}`, {}, 'edge.owned'));
    await rig.settle();
    expect(a.heard).toHaveLength(1);
    expect(rig.meter.total('drops_total', { what: 'signal', reason: 'bad_result' })).toBe(1);
  });

  it('of others are refused by a connection that cannot keep up with them; it stays', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], { queueBound: 100 });
    const client = rig.connect();
    const take = (index: number): boolean => {
      const envelope = { to: 'x', name: 'a.do', payload: {}, from: from('i2-1'), key: `k/${index}` };
      return rig.router.take(client.connection, envelope);
    };
    const taken = Array.from({ length: 200 }, (_, index) => take(index));
    expect(taken.filter(Boolean)).toHaveLength(50);
    expect([take(49), take(50)]).toEqual([true, false]);
    client.send('A_DO', { tag: 'of its own' });
    await rig.settle();
    expect(client.closedWith).toBeNull();
    expect(client.told('echo')).toEqual(['of its own']);
    expect(rig.meter.total('drops_total', { what: 'signal', reason: 'queue_full' })).toBe(151);
  });

  it('to oneself without end close the connection', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], { queueBound: 50 });
    const client = rig.connect();
    const many = Array.from({ length: 60 }, () => ({ to: 'self', name: 'a.do', payload: {} }));
    client.send('A_DO', { result: { signals: many } });
    await rig.settle();
    expect(client.closedWith).toBe('queue_full');
  });

  it('that come back to more families than there is room for are not handled after the end', async () => {
    const [a, b] = [scriptFamily('a'), scriptFamily('b')];
    const rig = rigOf([a, b], { queueBound: 4 });
    const client = rig.connect();
    const many = Array.from({ length: 5 }, () => ({ to: 'character/nobody', name: 'a.do', payload: {} }));
    client.send('A_DO', { result: { signals: many } });
    await rig.settle();
    expect(client.closedWith).toBe('queue_full');
    expect([a.tags().at(-1), b.tags().at(-1)]).toEqual(['edge.closing', 'edge.closing']);
  });

  it('find no connection that is ending', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    void rig.router.close(client.connection, 'client_closed');
    const envelope = { to: 'x', name: 'a.do', payload: {}, from: from('i2-1'), key: 'k' };
    expect(rig.router.take(client.connection, envelope)).toBe(false);
    await rig.settle();
    expect(rig.router.take(client.connection, envelope)).toBe(false);
  });
});
