import { describe, expect, it } from 'vitest';
import { look } from './testing/look.ts';
import { chat, place, stage, walk } from './testing/stage.ts';

const TOWN = 'map/1/0,0';

/** One viewer at the origin, and `many` others at 100, 200, 300 ... units; object ids are 2001, 2002, ... */
function square(many: number, viewLimit: number, far = false) {
  const { clock, open } = stage({ limits: { viewLimit } });
  const ingress = open('a');
  const viewer = ingress.connect('viewer');
  const others = Array.from({ length: many }, (_, index) => {
    const player = ingress.connect(`${index + 1}`);
    const distance = far ? many - index : index + 1;
    const move = (x: number): void =>
      look(ingress.hub, player.connection, place(2001 + index, TOWN, { x, y: 0 }), undefined);
    return { ...player, id: 2001 + index, move, start: () => move(distance * 100) };
  });
  look(ingress.hub, viewer.connection, place(1999, TOWN), [TOWN]);
  for (const other of others) other.start();
  const visible = (): number[] => [...viewer.client.visible].sort((a, b) => a - b);
  const ids = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return { clock, ...ingress, viewer, others, visible, ids };
}

describe('above the view limit', () => {
  it('a client is shown the limit, and more as soon as there is room', async () => {
    const { clock, viewer, others, hub, visible, ids } = square(6, 4);
    expect(visible()).toEqual(ids(2001, 2004));
    await clock.advance(1_000);
    expect(visible()).toEqual(ids(2001, 2004));
    for (const gone of [0, 1]) look(hub, others[gone]?.connection ?? viewer.connection, null, undefined);
    await clock.advance(1_000);
    expect(visible()).toEqual(ids(2003, 2006));
    expect(viewer.client.contradictions).toEqual([]);
  });

  it('the nearest take the place of those far away, and nothing flaps', async () => {
    const { clock, viewer, visible, ids } = square(10, 4, true);
    expect(visible()).toEqual(ids(2001, 2004));
    await clock.advance(1_000);
    expect(visible()).toEqual(ids(2007, 2010));
    const sent = viewer.client.received.length;
    await clock.advance(10_000);
    expect(viewer.client.received.length).toBe(sent);
    expect(viewer.client.contradictions).toEqual([]);
  });

  it('somebody who comes clearly nearer than the farthest is shown instead of it', async () => {
    const { clock, others, visible } = square(6, 4);
    await clock.advance(1_000);
    others[5]?.move(390);
    await clock.advance(1_000);
    expect(visible()).toEqual([2001, 2002, 2003, 2004]);
    others[5]?.move(150);
    await clock.advance(1_000);
    expect(visible()).toEqual([2001, 2002, 2003, 2006]);
  });

  it('pinned objects are shown beyond it', async () => {
    const { clock, viewer, hub, visible, ids } = square(8, 4);
    hub.look(viewer.connection, 'party', { pin: ['1/2008', '2/2005'] });
    expect(visible()).toEqual([...ids(2001, 2004), 2008]);
    hub.look(viewer.connection, 'combat', { pin: ['1/2007'] });
    await clock.advance(1_000);
    expect(visible()).toEqual([...ids(2001, 2004), 2007, 2008]);
    hub.look(viewer.connection, 'party', { pin: [] });
    expect(viewer.client.contradictions).toEqual([]);
    await clock.advance(1_000);
    expect(visible()).toEqual([...ids(2001, 2004), 2007]);
    hub.look(viewer.connection, 'combat', { pin: [] });
    await clock.advance(1_000);
    look(hub, viewer.connection, undefined, []);
    expect(visible()).toEqual([]);
    expect(viewer.client.contradictions).toEqual([]);
  });

  it('pinned objects take no room from others', () => {
    const { viewer, hub, connect, visible, ids } = square(2, 4);
    hub.look(viewer.connection, 'party', { pin: ['1/2001', '1/2002'] });
    for (const id of ids(2003, 2007))
      look(hub, connect(`${id}`).connection, place(id, TOWN, { x: 900, y: 0 }), undefined);
    expect(visible()).toEqual(ids(2001, 2006));
  });

  it('moves of those not shown are not sent, and what they say is', async () => {
    const { clock, viewer, others, hub, count } = square(6, 4);
    await clock.advance(1_000);
    viewer.client.fresh();
    const hidden = others[5]?.connection ?? viewer.connection;
    hub.deliver(hidden, { to: TOWN, packets: [walk(2006, 1)], replace: 'move' });
    hub.deliver(hidden, { to: TOWN, packets: [chat(2006, 'hello')] });
    expect(viewer.client.names()).toEqual(['SRV_NORMAL_CHAT']);
    expect(count('deliveries_total', { kind: 'thinned' })).toBe(1);
  });

  it('moves of those shown but not among the nearest come later, the newest only, and before anything else of them', async () => {
    const { clock, viewer, others, hub } = square(5, 4);
    await clock.advance(1_000);
    // Nearer than the fourth, but not so clearly that it is shown instead: the fourth stays, outside the nearest.
    others[4]?.move(390);
    await clock.advance(1_000);
    viewer.client.fresh();
    const fourth = others[3]?.connection ?? viewer.connection;
    const first = others[0]?.connection ?? viewer.connection;
    for (const x of [401, 402, 403]) {
      hub.deliver(fourth, { to: TOWN, packets: [walk(2004, x)], replace: 'move' });
      hub.deliver(first, { to: TOWN, packets: [walk(2001, x - 300)], replace: 'move' });
      await clock.advance(50);
    }
    const seen = (): unknown[] => viewer.client.fresh().map(({ fields }) => fields.message ?? fields.x);
    const far = seen();
    expect(far.filter((x) => Number(x) < 200)).toEqual([101, 102, 103]);
    expect(far.filter((x) => Number(x) > 400).length).toBeLessThanOrEqual(1);
    await clock.advance(300);
    expect(seen()).toEqual([403]);
    hub.deliver(fourth, { to: TOWN, packets: [walk(2004, 404)], replace: 'move' });
    hub.deliver(fourth, { to: TOWN, packets: [chat(2004, 'stop')] });
    expect(seen()).toEqual([404, 'stop']);
  });

  it('what came late of an object is dropped when it vanishes, or a newer one was sent meanwhile', async () => {
    const { clock, viewer, others, hub, count } = square(5, 4);
    await clock.advance(1_000);
    others[4]?.move(390);
    await clock.advance(1_000);
    viewer.client.fresh();
    const fourth = others[3];
    const move = (x: number): void =>
      hub.deliver(fourth?.connection ?? viewer.connection, {
        to: TOWN,
        packets: [walk(2004, x)],
        replace: 'move',
      });
    const seen = (): unknown[] => viewer.client.fresh().map(({ name, fields }) => fields.x ?? name);
    move(400);
    expect(count('deliveries_total', { kind: 'thinned' })).toBe(1);
    // What came late leaves when the viewer has its turn; its next turn is 200 ms after that.
    while (viewer.client.received.length === 0) await clock.advance(50);
    viewer.client.fresh();
    move(401);
    fourth?.move(20);
    await clock.advance(50);
    move(20);
    await clock.advance(1_000);
    expect(seen()).toEqual([20]);
    fourth?.move(400);
    await clock.advance(1_000);
    move(402);
    while (viewer.client.received.length === 0) await clock.advance(50);
    viewer.client.fresh();
    move(403);
    await clock.advance(50);
    look(hub, fourth?.connection ?? viewer.connection, null, undefined);
    await clock.advance(1_000);
    expect(seen()).toEqual(['SRV_REMOVE_OBJECT', 390]);
    expect(count('drops_total', { what: 'replaceable', reason: 'vanished' })).toBe(1);
  });

  it('a viewer without a position is shown who came first', async () => {
    const { clock, open } = stage({ limits: { viewLimit: 2 } });
    const { hub, connect } = open('a');
    const viewer = connect('v');
    look(hub, viewer.connection, undefined, [TOWN]);
    const others = [1, 2, 3].map((index) => connect(`${index}`));
    for (const [index, { connection }] of others.entries())
      look(hub, connection, place(2001 + index, TOWN), undefined);
    await clock.advance(1_000);
    expect([...viewer.client.visible]).toEqual([2001, 2002]);
    look(hub, others[0]?.connection ?? viewer.connection, null, undefined);
    await clock.advance(1_000);
    expect([...viewer.client.visible]).toEqual([2002, 2003]);
  });

  it('a crowd of many is looked after in bounded steps', async () => {
    const { clock, open } = stage({ limits: { viewLimit: 5, crowdBatch: 4 } });
    const { hub, connect } = open('a');
    const players = Array.from({ length: 20 }, (_, index) => connect(`${index}`));
    for (const [index, { connection }] of players.entries()) {
      look(hub, connection, place(2000 + index, TOWN, { x: index * 10, y: 0 }), [TOWN]);
    }
    await clock.advance(3_000);
    for (const [index, { client }] of players.entries()) {
      expect(client.contradictions).toEqual([]);
      expect(client.visible.size).toBe(5);
      const farthest = Math.max(...[...client.visible].map((id) => Math.abs(id - 2000 - index)));
      // At an edge the fifth nearest is 5 steps away; what is a quarter farther than need be may stay.
      expect(farthest).toBeLessThanOrEqual(6);
    }
  });
});
