import { describe, expect, it } from 'vitest';
import { look } from './testing/look.ts';
import { chat, place, stage } from './testing/stage.ts';

const TOWN = 'map/1/0,0';
const FIELD = 'map/1/1,0';

describe('appearing and vanishing', () => {
  it('shows two players to each other, and neither to itself', () => {
    const { open } = stage();
    const { hub, connect } = open('a');
    const [one, two] = [connect('1'), connect('2')];
    look(hub, one.connection, place(2001, TOWN), [TOWN]);
    look(hub, two.connection, place(2002, TOWN), [TOWN]);
    expect(one.client.fresh()).toMatchObject([{ name: 'SRV_PLAYER_CHAR', fields: { id: 2002 } }]);
    expect(two.client.fresh()).toMatchObject([{ name: 'SRV_PLAYER_CHAR', fields: { id: 2001 } }]);
  });

  it('sends nothing when one moves between topics that a viewer watches both', () => {
    const { hub, connect } = stage().open('a');
    const [one, two] = [connect('1'), connect('2')];
    look(hub, one.connection, place(2001, TOWN), [TOWN, FIELD]);
    look(hub, two.connection, place(2002, TOWN), [TOWN, FIELD]);
    one.client.fresh();
    look(hub, two.connection, place(2002, FIELD), undefined);
    look(hub, two.connection, place(2002, FIELD, { x: 9, y: 9 }), [FIELD]);
    expect(one.client.fresh()).toEqual([]);
    look(hub, one.connection, undefined, [TOWN]);
    expect(one.client.fresh()).toMatchObject([{ name: 'SRV_REMOVE_OBJECT', fields: { id: 2002 } }]);
  });

  it('sends only the difference when place and watch change together, vanishing first', () => {
    const { hub, connect } = stage().open('a');
    const [one, here, both, there] = [connect('1'), connect('2'), connect('3'), connect('4')];
    look(hub, here.connection, place(2002, 'map/1/0'), ['map/1/0']);
    look(hub, both.connection, place(2003, 'map/1/1'), ['map/1/0', 'map/1/1', 'map/1/2']);
    look(hub, there.connection, place(2004, 'map/1/2'), ['map/1/2']);
    look(hub, one.connection, place(2001, 'map/1/0'), ['map/1/0', 'map/1/1']);
    for (const { client } of [one, here, both, there]) client.fresh();
    look(hub, one.connection, place(2001, 'map/1/2'), ['map/1/1', 'map/1/2']);
    expect(one.client.fresh()).toMatchObject([
      { name: 'SRV_REMOVE_OBJECT', fields: { id: 2002 } },
      { name: 'SRV_PLAYER_CHAR', fields: { id: 2004 } },
    ]);
    expect(here.client.fresh()).toMatchObject([{ name: 'SRV_REMOVE_OBJECT', fields: { id: 2001 } }]);
    expect(both.client.fresh()).toEqual([]);
    expect(there.client.fresh()).toMatchObject([{ name: 'SRV_PLAYER_CHAR', fields: { id: 2001 } }]);
  });

  it('tells all who see it when a connection ends, and frees what it held', () => {
    const { hub, connect, count } = stage().open('a');
    const [one, two] = [connect('1'), connect('2')];
    look(hub, one.connection, place(2001, TOWN), [TOWN]);
    look(hub, two.connection, place(2002, TOWN), [TOWN, FIELD]);
    expect(count('topic_members')).toBe(3);
    one.client.fresh();
    hub.detach(two.connection);
    expect(one.client.fresh()).toMatchObject([{ name: 'SRV_REMOVE_OBJECT', fields: { id: 2002 } }]);
    expect(count('topic_members')).toBe(1);
    hub.detach(one.connection);
    expect(count('topic_members')).toBe(0);
    expect(two.client.fresh().map(({ name }) => name)).toEqual(['SRV_PLAYER_CHAR']);
  });

  it('shows newcomers where a walk is now, and not beyond where it ends', async () => {
    const { clock, open } = stage();
    const { hub, connect } = open('a');
    const walker = connect('1');
    const motion = { from: { x: 0, y: 0 }, to: { x: 1000, y: 0 }, speed: 500, start: clock.now() };
    look(hub, walker.connection, place(2001, TOWN, { x: 0, y: 0 }, motion), []);
    await clock.advance(1_000);
    const early = connect('2');
    look(hub, early.connection, undefined, [TOWN]);
    expect(early.client.fresh()).toMatchObject([{ fields: { id: 2001, x: 500, y: 0 } }]);
    await clock.advance(5_000);
    const late = connect('3');
    look(hub, late.connection, undefined, [TOWN]);
    expect(late.client.fresh()).toMatchObject([{ fields: { id: 2001, x: 1000, y: 0 } }]);
  });

  it('shows another object of the same connection only after the old one vanished', () => {
    const { hub, connect } = stage().open('a');
    const [one, two] = [connect('1'), connect('2')];
    look(hub, one.connection, undefined, [TOWN]);
    look(hub, two.connection, place(2002, TOWN), undefined);
    look(hub, two.connection, place(2003, TOWN), undefined);
    expect(one.client.fresh()).toMatchObject([
      { name: 'SRV_PLAYER_CHAR', fields: { id: 2002 } },
      { name: 'SRV_REMOVE_OBJECT', fields: { id: 2002 } },
      { name: 'SRV_PLAYER_CHAR', fields: { id: 2003 } },
    ]);
  });

  it('lets a new connection take over the object of one that has not ended yet', () => {
    const { hub, connect } = stage().open('a');
    const [viewer, old, young] = [connect('1'), connect('2'), connect('3')];
    look(hub, viewer.connection, undefined, [TOWN]);
    look(hub, old.connection, place(2002, TOWN), undefined);
    look(hub, young.connection, place(2002, TOWN), undefined);
    hub.detach(old.connection);
    expect(viewer.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT', 'SRV_PLAYER_CHAR']);
    look(hub, young.connection, null, undefined);
    expect(viewer.client.visible.size).toBe(0);
  });

  it('neither shows nor removes what cannot be encoded, says so once, and shows it when it can', () => {
    const { hub, connect, log, count } = stage().open('a');
    const [one, two, bad] = [connect('1'), connect('2'), connect('3')];
    look(hub, one.connection, undefined, [TOWN]);
    look(hub, two.connection, undefined, [TOWN]);
    const good = place(2003, TOWN);
    const broken = { ...good, appear: { name: 'SRV_PLAYER_CHAR', payload: { id: 70_000 } } };
    look(hub, bad.connection, broken, undefined);
    look(hub, bad.connection, null, undefined);
    expect(one.client.fresh()).toEqual([]);
    expect(log).toHaveLength(1);
    expect(log[0]?.fields).toMatchObject({ code: 'bad_delivery', packet: 'SRV_PLAYER_CHAR', field: 'id' });
    expect(count('drops_total', { reason: 'bad_delivery' })).toBe(1);
    look(hub, bad.connection, broken, undefined);
    look(hub, bad.connection, good, undefined);
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR']);
  });

  it('takes an object away by what came with it when it appeared', () => {
    const { hub, connect } = stage().open('a');
    const [viewer, other] = [connect('1'), connect('2')];
    const removedBy = (id: number) => ({
      ...place(2002, TOWN),
      vanish: { name: 'SRV_REMOVE_OBJECT', payload: { id } },
    });
    const gone = () => viewer.client.fresh().filter(({ name }) => name === 'SRV_REMOVE_OBJECT');
    look(hub, other.connection, removedBy(2002), undefined);
    look(hub, viewer.connection, undefined, [TOWN]);
    look(hub, other.connection, removedBy(2003), undefined);
    look(hub, viewer.connection, undefined, []);
    expect(gone()).toMatchObject([{ fields: { id: 2002 } }]);
    look(hub, other.connection, removedBy(2004), undefined);
    look(hub, viewer.connection, undefined, [TOWN]);
    look(hub, viewer.connection, undefined, []);
    expect(gone()).toMatchObject([{ fields: { id: 2004 } }]);
  });

  it('keeps enciphered clients in the same picture', () => {
    const { open } = stage();
    const { hub, connect } = open('a');
    const [one, two] = [connect('1'), connect('2', { variant: 'rose' })];
    look(hub, one.connection, place(2001, TOWN), [TOWN]);
    look(hub, two.connection, place(2002, TOWN), [TOWN]);
    hub.deliver(one.connection, { to: TOWN, packets: [chat(2001, 'hello')] });
    expect(two.client.fresh()).toMatchObject([
      { fields: { id: 2001 } },
      { fields: { charId: 2001, message: 'hello' } },
    ]);
  });
});
