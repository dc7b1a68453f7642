import { describe, expect, it } from 'vitest';
import { look } from './testing/look.ts';
import { settle } from './testing/manual-clock.ts';
import { actor, place, stage, walk } from './testing/stage.ts';

const HERE = 'map/1/0,0';
const THERE = 'map/1/1,0';
const shown = (number: number, topic = HERE) => ({ object: `1/${number}`, place: place(number, topic) });
const gone = (number: number) => ({ object: `1/${number}`, place: null });

describe('an actor with many objects', () => {
  it('shows, moves and removes each of them, and they are reached by their own addresses', () => {
    const a = stage().open('a');
    const viewer = a.connect('1');
    look(a.hub, viewer.connection, undefined, [HERE]);
    const region = actor(a, 'actor/map/1/0,0');
    a.hub.look(region, 'combat', { objects: [shown(3001), shown(3002), shown(3003)] });
    expect(viewer.client.fresh()).toMatchObject([3001, 3002, 3003].map((id) => ({ fields: { id } })));
    void a.hub.signal({
      to: 'object/1/3002',
      name: 'combat.hit',
      payload: {},
      from: { connection: 'x', characterId: null, hops: 1 },
      key: 'k',
    });
    expect(a.signals.map(({ connection }) => connection)).toEqual([region.id]);
    a.hub.look(region, 'combat', { objects: [shown(3001, THERE), gone(3002)] });
    expect(viewer.client.fresh()).toMatchObject([
      { name: 'SRV_REMOVE_OBJECT', fields: { id: 3001 } },
      { name: 'SRV_REMOVE_OBJECT', fields: { id: 3002 } },
    ]);
    a.hub.detach(region);
    expect(viewer.client.fresh()).toMatchObject([{ name: 'SRV_REMOVE_OBJECT', fields: { id: 3003 } }]);
  });

  it('tells those who see an object of its moves, and nobody else', async () => {
    const { clock, open } = stage({ limits: { viewLimit: 2 } });
    const [a, b] = [open('a'), open('b')];
    const region = actor(a, 'actor/map/1/0,0');
    const far = { x: 900, y: 0 };
    const hidden = { object: '1/3003', place: place(3003, HERE, far) };
    const viewers = [a.connect('1'), b.connect('2')];
    for (const [index, viewer] of viewers.entries())
      look([a, b][index]?.hub ?? a.hub, viewer.connection, place(2001 + index, 'map/1/9,9'), [HERE]);
    await settle();
    a.hub.look(region, 'combat', { objects: [shown(3001), shown(3002), hidden] });
    await settle();
    await clock.advance(1_000);
    for (const { client } of viewers) expect([...client.visible].sort()).toEqual([3001, 3002]);
    for (const { client } of viewers) client.fresh();
    const move = (id: number, to = HERE) =>
      a.hub.deliver(region, { to, packets: [walk(id, 5)], about: `1/${id}`, replace: `motion/${id}` });
    for (const id of [3001, 3003, 3002]) move(id);
    await clock.advance(200);
    for (const { client } of viewers)
      expect(client.fresh().map(({ fields }) => fields.id)).toEqual([3001, 3002]);
    expect(a.count('deliveries_total', { kind: 'thinned' })).toBeGreaterThan(0);
  });

  it('may name only objects of its own', async () => {
    const { clock, open } = stage({ limits: { viewLimit: 1 } });
    const a = open('a');
    const [viewer, other] = [a.connect('1'), a.connect('2')];
    look(a.hub, viewer.connection, place(2001, 'map/1/9,9'), [HERE]);
    const [region, stranger] = [actor(a, 'actor/map/1/0,0'), actor(a, 'actor/map/1/1,0')];
    a.hub.look(region, 'combat', { objects: [shown(3001), shown(3002)] });
    look(a.hub, other.connection, place(2002, HERE), []);
    viewer.client.fresh();
    // Not its own: it is a packet to all who watch, like any other.
    a.hub.deliver(stranger, { to: HERE, packets: [walk(3002, 5)], about: '1/3002', replace: 'x' });
    await clock.advance(200);
    expect(viewer.client.fresh().map(({ fields }) => fields.id)).toEqual([3002]);
  });

  it('thins out moves of one object as those of a player, and none comes after the object is gone', async () => {
    const { clock, open } = stage();
    const a = open('a');
    const viewer = a.connect('1');
    look(a.hub, viewer.connection, undefined, [HERE]);
    const region = actor(a, 'actor/map/1/0,0');
    a.hub.look(region, 'combat', { objects: [shown(3001), shown(3002)] });
    viewer.client.fresh();
    const move = (x: number): void => {
      const at = { object: '1/3001', place: place(3001, HERE, { x, y: 0 }) };
      a.hub.look(region, 'combat', { objects: [at] });
      a.hub.deliver(region, { to: HERE, packets: [walk(3001, x)], replace: 'move/3001' });
    };
    const xs = (): unknown[] => viewer.client.fresh().map(({ name, fields }) => fields.x ?? name);
    for (const x of [1, 2, 3, 4]) move(x);
    expect(xs()).toEqual([1]);
    await clock.advance(50);
    expect(xs()).toEqual([4]);
    for (const x of [5, 6]) move(x);
    a.hub.look(region, 'combat', { objects: [gone(3001)] });
    await clock.advance(100);
    expect(xs()).toEqual([6, 'SRV_REMOVE_OBJECT']);
  });

  it('is seen from another process', async () => {
    const { open } = stage();
    const [a, b] = [open('a'), open('b')];
    const viewer = b.connect('1');
    look(b.hub, viewer.connection, undefined, [HERE]);
    await settle();
    a.hub.look(actor(a, 'actor/map/1/0,0'), 'combat', { objects: [shown(3001)] });
    await settle();
    expect(viewer.client.fresh()).toMatchObject([{ fields: { id: 3001 } }]);
  });
});

describe('topics watched by several families', () => {
  it('are joined: one family never takes away what another watches', () => {
    const { hub, connect } = stage().open('a');
    const [viewer, other] = [connect('1'), connect('2')];
    hub.look(viewer.connection, 'movement', { watch: [HERE] });
    hub.look(viewer.connection, 'party', { watch: ['party/7'] });
    look(hub, other.connection, place(2002, HERE), []);
    hub.deliver(other.connection, {
      to: 'party/7',
      packets: [{ name: 'SRV_ANNOUNCE_CHAT', payload: { message: 'm', name: 'n' } }],
    });
    expect(viewer.client.fresh().map(({ name }) => name)).toEqual(['SRV_PLAYER_CHAR', 'SRV_ANNOUNCE_CHAT']);
    hub.look(viewer.connection, 'party', { watch: [] });
    expect(viewer.client.fresh()).toEqual([]);
    hub.look(viewer.connection, 'movement', { watch: [] });
    expect(viewer.client.fresh()).toMatchObject([{ name: 'SRV_REMOVE_OBJECT', fields: { id: 2002 } }]);
  });
});
