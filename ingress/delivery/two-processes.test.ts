import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { busKinds, type TestBus } from './testing/buses.ts';
import { look } from './testing/look.ts';
import { lossyBus } from './testing/lossy-bus.ts';
import { chat, place, stage, walk } from './testing/stage.ts';

const TOWN = 'map/1/0,0';
const FIELD = 'map/1/1,0';

describe.each(busKinds())('two ingress processes on one bus, $name', (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());
  const open: TestBus[] = [];
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close();
  });

  async function twoProcesses(lose: (topic: string, kind: string, from: string) => boolean = () => false) {
    const { clock, bus, settle, close } = kind.open();
    open.push({ clock, bus, settle, close });
    const world = stage({ clock, bus: lossyBus(bus, lose) });
    const [a, b] = [world.open('a'), world.open('b')];
    await settle();
    return { clock, settle, world, a, b };
  }

  it('show players to each other whoever came first, with the position of the moment', async () => {
    const { clock, settle, a, b } = await twoProcesses();
    const [one, two] = [a.connect('1'), b.connect('2')];
    const motion = { from: { x: 0, y: 0 }, to: { x: 1000, y: 0 }, speed: 100, start: clock.now() };
    look(a.hub, one.connection, place(2001, TOWN, { x: 0, y: 0 }, motion), [TOWN]);
    await clock.advance(2_000);
    look(b.hub, two.connection, place(2002, TOWN), [TOWN]);
    expect(two.client.fresh()).toEqual([]);
    await settle();
    expect(two.client.fresh()).toMatchObject([{ name: 'SRV_PLAYER_CHAR', fields: { id: 2001, x: 200 } }]);
    expect(one.client.fresh()).toMatchObject([{ name: 'SRV_PLAYER_CHAR', fields: { id: 2002 } }]);
  });

  it('bring deliveries to members of both, in the order they were sent', async () => {
    const { settle, a, b } = await twoProcesses();
    const [one, two, three] = [a.connect('1'), b.connect('2', { character: 'c2' }), b.connect('3')];
    for (const { connection } of [two, three]) look(b.hub, connection, undefined, ['party/7']);
    await settle();
    for (const message of ['x', 'y', 'z'])
      a.hub.deliver(one.connection, { to: 'party/7', packets: [chat(1, message)] });
    a.hub.deliver(one.connection, {
      to: 'party/7',
      packets: [chat(1, 'not three')],
      except: three.connection.id,
    });
    a.hub.deliver(one.connection, { to: 'character/c2', packets: [chat(1, 'private')] });
    await settle();
    expect(two.client.fresh().map(({ fields }) => fields.message)).toEqual([
      'x',
      'y',
      'z',
      'not three',
      'private',
    ]);
    expect(three.client.fresh().map(({ fields }) => fields.message)).toEqual(['x', 'y', 'z']);
  });

  it('send nothing when a player of one moves between topics that a viewer of the other watches both', async () => {
    const { settle, a, b } = await twoProcesses();
    const [mover, both, town] = [a.connect('1'), b.connect('2'), b.connect('3')];
    look(b.hub, both.connection, undefined, [TOWN, FIELD]);
    look(b.hub, town.connection, undefined, [TOWN]);
    await settle();
    look(a.hub, mover.connection, place(2001, TOWN), undefined);
    look(a.hub, mover.connection, place(2001, FIELD), undefined);
    await settle();
    expect(both.client.names()).toEqual(['SRV_PLAYER_CHAR']);
    expect(town.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT']);
    look(a.hub, mover.connection, place(2001, 'map/1/2,0'), undefined);
    await settle();
    expect(both.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT']);
  });

  it('forget copies when nobody watches any more, and ask again later', async () => {
    const { settle, a, b } = await twoProcesses();
    const [mover, viewer] = [a.connect('1'), b.connect('2')];
    look(a.hub, mover.connection, place(2001, TOWN), undefined);
    look(b.hub, viewer.connection, undefined, [TOWN]);
    await settle();
    look(b.hub, viewer.connection, undefined, []);
    look(a.hub, mover.connection, place(2001, TOWN, { x: 7, y: 0 }), undefined);
    await settle();
    look(b.hub, viewer.connection, undefined, [TOWN]);
    await settle();
    expect(viewer.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT', 'SRV_PLAYER_CHAR']);
    expect(viewer.client.received.at(-1)?.fields).toMatchObject({ x: 7 });
  });

  it('tell viewers of the other when a connection ends', async () => {
    const { settle, a, b } = await twoProcesses();
    const [one, two] = [a.connect('1'), b.connect('2')];
    look(b.hub, two.connection, undefined, [TOWN]);
    look(a.hub, one.connection, place(2001, TOWN), [TOWN]);
    await settle();
    a.hub.detach(one.connection);
    await settle();
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT']);
  });

  it('heal a lost appearance and a lost vanishing by the next digest', async () => {
    let deaf = true;
    const { clock, settle, a, b } = await twoProcesses((_topic, kind) => deaf && kind === 'place');
    const [one, two] = [a.connect('1'), b.connect('2')];
    look(b.hub, two.connection, undefined, [TOWN]);
    await settle();
    look(a.hub, one.connection, place(2001, TOWN), undefined);
    await settle();
    expect(two.client.names()).toEqual([]);
    await clock.advance(5_001);
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR']);
    look(a.hub, one.connection, null, undefined);
    await settle();
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR']);
    await clock.advance(5_001);
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT']);
    deaf = false;
  });

  it('do not send the moves of an object whose appearance was lost, but what it says', async () => {
    const { settle, a, b } = await twoProcesses((_topic, kind) => kind === 'place' || kind === 'state');
    const [one, two] = [a.connect('1'), b.connect('2')];
    look(b.hub, two.connection, undefined, [TOWN, 'party/1']);
    await settle();
    look(a.hub, one.connection, place(2001, TOWN), undefined);
    a.hub.deliver(one.connection, { to: TOWN, packets: [walk(2001, 1)], replace: 'move' });
    a.hub.deliver(one.connection, { to: TOWN, packets: [chat(2001, 'hello')] });
    a.hub.deliver(one.connection, { to: 'party/1', packets: [chat(2001, 'hp')], replace: 'hp' });
    await settle();
    expect(two.client.received.map(({ name, fields }) => fields.message ?? name)).toEqual(['hello', 'hp']);
  });

  it('heal an object that took another one’s place unheard', async () => {
    let deaf = false;
    const { clock, settle, a, b } = await twoProcesses((_topic, kind) => deaf && kind === 'place');
    const [one, two, viewer] = [a.connect('1'), a.connect('2'), b.connect('3')];
    look(b.hub, viewer.connection, undefined, [TOWN]);
    look(a.hub, one.connection, place(2001, TOWN), undefined);
    await settle();
    deaf = true;
    look(a.hub, one.connection, null, undefined);
    look(a.hub, two.connection, place(2002, TOWN), undefined);
    await clock.advance(5_001);
    expect([...viewer.client.visible]).toEqual([2002]);
    expect(viewer.client.contradictions).toEqual([]);
  });

  it('remove the objects of a process that died without a word', async () => {
    let dead = false;
    const { clock, a, b } = await twoProcesses((_topic, _kind, from) => dead && from === 'a');
    const [one, two] = [a.connect('1'), b.connect('2')];
    look(b.hub, two.connection, undefined, [TOWN]);
    look(a.hub, one.connection, place(2001, TOWN), undefined);
    await clock.advance(60_000);
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR']);
    dead = true;
    await clock.advance(10_000);
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR']);
    await clock.advance(15_000);
    expect(two.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT']);
  });

  it('let a player come back on the other process under the same object', async () => {
    const { settle, a, b } = await twoProcesses();
    const [old, viewer] = [a.connect('1'), b.connect('2')];
    look(b.hub, viewer.connection, undefined, [TOWN]);
    look(a.hub, old.connection, place(2001, TOWN), undefined);
    await settle();
    const young = b.connect('3');
    look(b.hub, young.connection, place(2001, TOWN), undefined);
    a.hub.detach(old.connection);
    await settle();
    expect(viewer.client.contradictions).toEqual([]);
    expect([...viewer.client.visible]).toEqual([2001]);
  });

  it('settle on the latest claim of an object, whatever the others go on to say', async () => {
    const { clock, world, a, b } = await twoProcesses();
    const c = world.open('c');
    const [old, young, viewer] = [a.connect('1'), b.connect('2'), c.connect('3')];
    look(c.hub, viewer.connection, undefined, [TOWN]);
    look(a.hub, old.connection, place(2001, TOWN), undefined);
    await clock.advance(1);
    look(b.hub, young.connection, place(2001, TOWN, { x: 9, y: 0 }), undefined);
    await clock.advance(20_000);
    expect(viewer.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT', 'SRV_PLAYER_CHAR']);
    a.hub.detach(old.connection);
    await clock.advance(20_000);
    expect(viewer.client.names()).toHaveLength(3);
    expect(viewer.client.received.at(-1)?.fields).toMatchObject({ x: 9 });
  });

  it('do not take the end of a connection for the end of its successor in the same process', async () => {
    const { clock, settle, a, b } = await twoProcesses();
    const [old, young, viewer] = [a.connect('1'), a.connect('2'), b.connect('3')];
    look(b.hub, viewer.connection, undefined, [TOWN]);
    await settle();
    look(a.hub, old.connection, place(2001, TOWN), undefined);
    look(a.hub, young.connection, place(2001, TOWN), undefined);
    a.hub.detach(old.connection);
    await clock.advance(20_000);
    expect(viewer.client.names()).toEqual(['SRV_PLAYER_CHAR', 'SRV_REMOVE_OBJECT', 'SRV_PLAYER_CHAR']);
  });

  it('keep the order of a held-back move and the end of its object', async () => {
    const { clock, settle, a, b } = await twoProcesses();
    const [mover, viewer] = [a.connect('1'), b.connect('2')];
    look(b.hub, viewer.connection, undefined, [TOWN]);
    await settle();
    look(a.hub, mover.connection, place(2001, TOWN), undefined);
    for (const x of [1, 2, 3])
      a.hub.deliver(mover.connection, { to: TOWN, packets: [walk(2001, x)], replace: 'move' });
    a.hub.deliver(mover.connection, { to: TOWN, packets: [chat(2001, 'there')] });
    a.hub.deliver(mover.connection, { to: TOWN, packets: [walk(2001, 4)], replace: 'move' });
    look(a.hub, mover.connection, null, undefined);
    await clock.advance(100);
    expect(viewer.client.received.map(({ name, fields }) => fields.message ?? fields.x ?? name)).toEqual([
      0,
      1,
      3,
      'there',
      'SRV_REMOVE_OBJECT',
    ]);
  });
});
