import { describe, expect, it } from 'vitest';
import { look } from './testing/look.ts';
import { chat, place, stage, walk } from './testing/stage.ts';

const TOWN = 'map/1/0,0';
const FIELD = 'map/1/1,0';

function crowd() {
  const { clock, open } = stage();
  const ingress = open('a');
  const { hub, connect } = ingress;
  const [viewer, one, two] = [connect('v'), connect('1'), connect('2')];
  look(hub, viewer.connection, undefined, [TOWN, FIELD]);
  look(hub, one.connection, place(2001, TOWN), undefined);
  look(hub, two.connection, place(2002, TOWN), undefined);
  viewer.client.fresh();
  const move = (who: typeof one, x: number, to = TOWN): void =>
    hub.deliver(who.connection, { to, packets: [walk(who === one ? 2001 : 2002, x)], replace: 'move' });
  const say = (who: typeof one, message: string, to = TOWN): void =>
    hub.deliver(who.connection, { to, packets: [chat(1, message)] });
  const seen = (): unknown[] =>
    viewer.client.fresh().map(({ name, fields }) => fields.message ?? fields.x ?? name);
  return { clock, ingress, hub, viewer, one, two, move, say, seen };
}

describe('replaceable packets', () => {
  it('leave at once after a quiet time, then every 50 ms, the newest of each object only', async () => {
    const { clock, ingress, one, two, move, seen } = crowd();
    move(one, 1);
    expect(seen()).toEqual([1]);
    for (const x of [2, 3, 4]) move(one, x);
    move(two, 10);
    move(one, 5);
    await clock.advance(49);
    expect(seen()).toEqual([]);
    await clock.advance(1);
    expect(seen()).toEqual([10, 5]);
    move(one, 6);
    await clock.advance(49);
    expect(seen()).toEqual([]);
    await clock.advance(1);
    expect(seen()).toEqual([6]);
    expect(ingress.count('deliveries_total', { kind: 'replaced' })).toBe(3);
    expect(ingress.count('drops_total', { what: 'replaceable', reason: 'replaced' })).toBe(3);
    await clock.advance(1_000);
    move(one, 7);
    expect(seen()).toEqual([7]);
  });

  it('of two topics wait for their own topic only', async () => {
    const { clock, one, two, move, seen } = crowd();
    move(one, 1);
    await clock.advance(30);
    move(two, 10, FIELD);
    move(two, 11, FIELD);
    move(one, 2);
    await clock.advance(20);
    expect(seen()).toEqual([1, 10, 2]);
    await clock.advance(30);
    expect(seen()).toEqual([11]);
  });

  it('of one sender leave before anything else of it, and do not wait for others', async () => {
    const { clock, one, two, move, say, seen } = crowd();
    move(one, 1);
    move(one, 2);
    move(two, 10);
    say(one, 'stop');
    expect(seen()).toEqual([1, 2, 'stop']);
    await clock.advance(50);
    expect(seen()).toEqual([10]);
  });

  it('are dropped when their object vanishes or its connection ends', async () => {
    const { clock, ingress, hub, one, two, move, seen } = crowd();
    move(one, 1);
    move(one, 2);
    move(two, 10);
    look(hub, one.connection, null, undefined);
    hub.detach(two.connection);
    await clock.advance(100);
    expect(seen()).toEqual([1, 'SRV_REMOVE_OBJECT', 'SRV_REMOVE_OBJECT']);
    expect(ingress.count('drops_total', { what: 'replaceable', reason: 'vanished' })).toBe(2);
  });

  it('leave before their object moves on to another topic, and survive a new place in the same one', async () => {
    const { clock, hub, one, move, seen } = crowd();
    move(one, 1);
    move(one, 2);
    look(hub, one.connection, place(2001, TOWN, { x: 5, y: 5 }), undefined);
    expect(seen()).toEqual([1]);
    look(hub, one.connection, place(2001, FIELD), undefined);
    expect(seen()).toEqual([2]);
    await clock.advance(100);
    expect(seen()).toEqual([]);
  });

  it('with the same key of two senders do not displace each other', async () => {
    const { clock, hub, viewer, one, two } = crowd();
    look(hub, viewer.connection, undefined, ['party/1']);
    viewer.client.fresh();
    for (const { connection } of [one, two, one, two]) {
      hub.deliver(connection, { to: 'party/1', packets: [chat(1, connection.id)], replace: 'hp' });
    }
    await clock.advance(50);
    expect(viewer.client.fresh().map(({ fields }) => fields.message)).toEqual(['a-1', 'a-1', 'a-2']);
    expect(viewer.client.keys).toEqual(['a-1 hp', 'a-1 hp', 'a-2 hp']);
  });

  it('of an object go only to those who see it, in the topic where it is seen', () => {
    const { hub, viewer, one, move, seen } = crowd();
    look(
      hub,
      one.connection,
      { ...place(2001, TOWN), appear: { name: 'NO_SUCH', payload: {} }, object: '1/2009' },
      undefined,
    );
    seen();
    move(one, 1);
    expect(seen()).toEqual([]);
    look(hub, viewer.connection, undefined, [TOWN, 'party/1']);
    hub.deliver(one.connection, { to: 'party/1', packets: [chat(1, 'hp')], replace: 'hp' });
    expect(seen()).toEqual(['hp']);
  });

  it('of one whose object another connection took over tell nobody of the object that stands there now', async () => {
    const { clock, hub, viewer, one, two, move, seen } = crowd();
    move(one, 1);
    move(one, 2);
    seen();
    look(hub, two.connection, place(2001, TOWN, { x: 900, y: 0 }), undefined);
    expect(viewer.client.contradictions).toEqual([]);
    expect(seen().at(-1)).toBe(900);
    await clock.advance(100);
    expect(seen()).toEqual([]);
  });
});
