import { describe, expect, it } from 'vitest';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

const ADDRESS = 'actor/map/1/3';
const signal = (payload: object, to = ADDRESS) => ({ result: { signals: [{ to, name: 'a.do', payload }] } });

describe('actors', () => {
  it('start by the first signal, take their state over and run in order', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', signal({ tag: 1, result: { state: { sections: { 'a-counter': { value: 1 } } } } }));
    client.send('A_SLOW', signal({ tag: 2 }));
    await rig.settle();
    const [owned, one, two] = a.heard.filter(({ connection }) => connection !== client.connection.id);
    expect(owned?.message).toMatchObject({ name: 'edge.owned', payload: { characterId: ADDRESS, epoch: 1 } });
    expect(one).toMatchObject({ epoch: 1, stage: 'actor', message: { payload: { tag: 1 } } });
    expect(two).toMatchObject({ counter: 1, message: { payload: { tag: 2 } } });
    expect(rig.router.size.connections).toBe(2);
    expect(rig.meter.counts.get('actors_active{}')).toBe(1);
  });

  it('are one, however many start them at once', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => rig.router.startActor(ADDRESS)));
    expect(one).not.toBe(null);
    expect(two).toBe(one);
    expect(three).toBe(one);
    expect(await rig.router.startActor(ADDRESS)).toBe(one);
    expect(rig.keeper.entity(ADDRESS).epoch).toBe(1);
  });

  it('end when a handler closes them, state kept, and start anew with it', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', signal({ result: { state: { sections: { 'a-counter': { value: 5 } } } } }));
    await rig.settle();
    client.send('A_DO', signal({ result: { close: { reason: 'empty' } } }));
    await rig.settle();
    expect(rig.router.size.connections).toBe(1);
    expect(rig.meter.counts.get('actors_active{}')).toBe(0);
    expect(a.tags()).toContain('edge.closing');
    client.send('A_DO', signal({ tag: 'again' }));
    await rig.settle();
    expect(a.heard.at(-1)).toMatchObject({ epoch: 2, counter: 5, message: { payload: { tag: 'again' } } });
  });

  it('that are ending let their state go before they start again', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const first = await rig.router.startActor(ADDRESS);
    if (first === null) throw new Error('no actor');
    await rig.settle();
    let closedAtClaim = -1;
    rig.keeper.before = () => {
      closedAtClaim = rig.keeper.closed.length;
    };
    const leaving = rig.router.kick(first, 'kicked');
    const second = rig.router.startActor(ADDRESS);
    await rig.settle();
    await leaving;
    const actor = await second;
    expect(actor).not.toBe(first);
    expect(closedAtClaim).toBe(1);
    expect(rig.keeper.closed).toEqual([first.id]);
    expect(rig.keeper.entity(ADDRESS).epoch).toBe(2);
  });

  it('that cannot be taken over are nobody', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    rig.keeper.denied.add(ADDRESS);
    const client = rig.connect();
    client.send('A_DO', signal({ tag: 1 }));
    await rig.settle();
    expect(a.heard.at(-1)?.message).toMatchObject({ name: 'edge.undeliverable', payload: { to: ADDRESS } });
    expect(rig.router.size.connections).toBe(1);
  });

  it('get their kept timers back', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const at = rig.clock.now() + 100;
    rig.keeper
      .entity(ADDRESS)
      .timers.set('a-1', { name: 'a-1', at, payload: { tag: 'tick' }, section: 'a-counter' });
    await rig.router.startActor(ADDRESS);
    await rig.pass(100);
    expect(a.tags()).toEqual(['edge.owned', 'tick']);
  });

  it('that are about to start when all end let their state go, and the end waits for it', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    let claimed: () => void = () => {};
    rig.keeper.before = () => new Promise((resolve) => (claimed = resolve));
    const starting = rig.router.startActor(ADDRESS);
    await rig.settle();
    let ended = false;
    const end = rig.router.drain(10_000).finally(() => {
      ended = true;
    });
    await rig.settle();
    expect(ended).toBe(false);
    claimed();
    expect(await starting).toBeNull();
    expect(await end).toBe(0);
    expect(rig.router.size.connections).toBe(0);
    expect(rig.keeper.closed).toHaveLength(1);
    expect(a.heard).toEqual([]);
  });
});
