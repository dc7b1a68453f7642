import { beforeEach, describe, expect, test } from 'vitest';
import { aSignal } from '../../../shared/kit/testing/index.ts';
import { PickupItemResult } from '../../../shared/protocol/packets.generated.ts';
import { regionAt } from '../../../shared/world/regions.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { NOW, type Owner, ownerOf } from '../testing/owner.ts';
import { type ItemsUnderTest, regionUnderTest, servicesOver } from '../testing/region.ts';

const { OK, NO_ITEM, NOT_OWNER, INVENTORY_FULL } = PickupItemResult;
const engine = useTestEngine();
let count = 0;
let actors = 0;
let at = { x: 0, y: 0 };
let actor: ItemsUnderTest;
let owner: Owner;

beforeEach(async () => {
  // A region of its own for each test.
  count += 1;
  at = { x: 490_000 + (count % 4) * 20_000, y: 490_000 + Math.floor(count / 4) * 20_000 };
  actor = newActor();
  owner = await ownerOf(engine.store, { 42: ['consumable/1', 9], 20: 'weapon/1' }, at);
});

function newActor(): ItemsUnderTest {
  return regionUnderTest(engine.store, 20, regionAt(at), { id: `edge-${++actors}`, now: NOW });
}

async function rows() {
  const read = await servicesOver(engine.store).economy.onGround({ map: 20, region: regionAt(at) });
  return read.code === 'ok' ? read.rows : [];
}

async function dropped(index: number, quantity: number): Promise<number> {
  await owner.tester.packet('CLI_DROP_ITEM', { index, quantity });
  await owner.reread();
  const shown = await actor.signal('ground.dropped');
  const object = shown.raw.objects?.find(({ place }) => place !== null)?.object;
  return Number(object?.split('/')[1]);
}

async function pick(taker: Owner, objectId: number, from = at): Promise<unknown> {
  const asked = aSignal('ground.pick', { characterId: taker.id, ...from }, {}, `object/20/${objectId}`);
  return (await actor.turn(asked)).signal('items.picked').payload.result;
}

describe('a region', () => {
  test('shows what is dropped, and closes when nothing is left', async () => {
    const objectId = await dropped(42, 3);
    expect(objectId).toBeGreaterThanOrEqual(1024);
    expect(Object.keys(actor.sections.ground?.shown ?? {})).toEqual([String(objectId)]);
    expect(actor.timers).toMatchObject([{ name: 'ground.tend', at: NOW + 30_000 }]);
    const asked = aSignal('ground.pick', { characterId: owner.id, ...at }, {}, `object/20/${objectId}`);
    const gone = await actor.turn(asked);
    expect(gone.raw.objects).toEqual([{ object: `20/${objectId}`, place: null }]);
    expect(gone.close).toEqual({ reason: 'nothing_left' });
    expect(await rows()).toEqual([]);
    const told = await owner.tester.signal('items.picked', gone.signal('items.picked').payload);
    expect(told.reply('SRV_PICKUP_ITEM_REPLY')).toMatchObject({ id: objectId, result: OK, slot: 42 });
    expect(told.names).toEqual(['SRV_PICKUP_ITEM_REPLY', 'SRV_SET_ITEM']);
    expect((await owner.stored()).slots).toMatchObject({ 42: { count: 9 } });
  });

  test('keeps things for their owner for two minutes, and for five in all', async () => {
    const other = await ownerOf(engine.store, {}, at);
    const [first, second] = [await dropped(0, 40), await dropped(20, 1)];
    expect(await pick(other, first)).toBe(NOT_OWNER);
    actor.now = NOW + 120_000 - 1;
    expect(await pick(other, first)).toBe(NOT_OWNER);
    actor.now = NOW + 120_000;
    expect(await pick(other, first)).toBe(OK);
    expect((await other.stored()).zuly).toBe('1040');
    actor.now = NOW + 300_000;
    expect(await pick(owner, second)).toBe(NO_ITEM);
    const over = await actor.timer('ground.tend');
    expect(over.raw.objects).toEqual([{ object: `20/${second}`, place: null }]);
    expect(over.close).toEqual({ reason: 'nothing_left' });
    expect(await rows()).toEqual([]);
  });

  test('looks at its rows every half minute: what a crash left behind is shown, what others took vanishes', async () => {
    const objectId = await dropped(42, 1);
    const heir = newActor();
    const healed = await heir.signal('edge.owned', { characterId: 'x', epoch: 2 });
    expect(healed.raw.objects).toHaveLength(1);
    const [own] = Object.keys(heir.sections.ground?.shown ?? {});
    await heir.turn(aSignal('ground.pick', { characterId: owner.id, ...at }, {}, `object/20/${own}`));
    const [seen] = await actor.advance(30_000);
    expect(seen?.raw.objects).toEqual([{ object: `20/${objectId}`, place: null }]);
    expect(seen?.close).toBeDefined();
  });

  test('shows newcomers how long it will lie there still, and that it is free when it is', async () => {
    await dropped(42, 1);
    const looks = (await actor.advance(300_000 - 1)).flatMap(({ raw }) =>
      (raw.objects ?? []).map(({ place }) => [actor.now, place?.appear]),
    );
    const seen = looks.map(([, appear]) => (appear as { payload: object }).payload);
    expect(seen).toMatchObject([
      { timeToLive: 4, ownerId: 2000 },
      { timeToLive: 3, ownerId: 0 },
      { timeToLive: 2, ownerId: 0 },
      { timeToLive: 1, ownerId: 0 },
    ]);
  });

  test('stays open beside its monsters', async () => {
    Object.assign(actor.connection.sections, { monsters: { mobs: {}, players: {} } });
    const objectId = await dropped(42, 1);
    expect(await pick(owner, objectId)).toBe(OK);
    expect((await actor.signal('ground.dropped')).close).toBeUndefined();
  });

  test('frees its object ids when it ends', async () => {
    const objectId = await dropped(42, 1);
    const ended = await actor.signal('edge.closing', { reason: 'drain' });
    expect(ended.raw.objects).toEqual([{ object: `20/${objectId}`, place: null }]);
    expect(await rows()).toHaveLength(1);
  });
});

describe('picking up', () => {
  test('is refused from afar, and for what is not there', async () => {
    const objectId = await dropped(42, 1);
    expect(await pick(owner, objectId, { x: at.x + 1_100, y: at.y })).toBe(NO_ITEM);
    expect(await pick(owner, 1023)).toBe(NO_ITEM);
    expect(await pick({ ...owner, id: 'nobody' }, objectId)).toBe(NOT_OWNER);
    expect(await rows()).toHaveLength(1);
  });

  test('is refused when the bag is full', async () => {
    const full = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [12 + n, 'weapon/1']));
    const other = await ownerOf(engine.store, full, at);
    const objectId = await dropped(42, 1);
    actor.now = NOW + 120_000;
    expect(await pick(other, objectId)).toBe(INVENTORY_FULL);
    const told = await other.tester.signal('items.picked', { objectId, result: INVENTORY_FULL });
    expect([told.reply('SRV_PICKUP_ITEM_REPLY').result, told.refused]).toEqual([INVENTORY_FULL, 'no_space']);
    expect(await rows()).toHaveLength(1);
  });

  test('asks whoever shows the object; nobody, and players, have nothing to give', async () => {
    const asked = await owner.tester.packet('CLI_PICKUP_ITEM_REQ', { item_id: 5000 });
    expect(asked.signal('ground.pick')).toMatchObject({
      to: 'object/20/5000',
      payload: { characterId: owner.id },
    });
    const lost = await owner.tester.signal('edge.undeliverable', {
      to: 'object/20/5000',
      name: 'ground.pick',
    });
    expect(lost.reply('SRV_PICKUP_ITEM_REPLY')).toMatchObject({ id: 5000, result: NO_ITEM });
    const own = await owner.tester.packet('CLI_PICKUP_ITEM_REQ', { item_id: 2000 });
    expect(own.reply('SRV_PICKUP_ITEM_REPLY').result).toBe(NO_ITEM);
    const player = await owner.tester.turn(
      aSignal('ground.pick', { characterId: 'x', x: 1, y: 1 }, {}, 'object/20/2000'),
    );
    expect(player.signal('items.picked').payload.result).toBe(NO_ITEM);
  });

  test('in a party that takes things in order goes to whose turn it is, if there is room', async () => {
    const [next, full] = [
      await ownerOf(engine.store, {}, at),
      await ownerOf(
        engine.store,
        Object.fromEntries(Array.from({ length: 120 }, (_, n) => [12 + n, 'weapon/1'])),
        at,
      ),
    ];
    const party = async (turn: string, n: number) => {
      const row = {
        map: 20,
        region: regionAt(at),
        id: `party${count}-${n}`,
        ...at,
        ownerObject: 0,
        ownerId: 'killer',
      };
      const item = { kind: 'stack', uid: `loot${count}-${n}`, type: 12, id: 11, count: 2 } as const;
      await servicesOver(engine.store).economy.settle({
        now: NOW,
        step: row.id,
        parts: [
          {
            kind: 'ground-put',
            row: { ...row, item, partyId: 'p1', droppedAt: NOW, freeAt: NOW + 1, goneAt: NOW + 300_000 },
          },
        ],
        minted: [{ reason: 'drop', items: [item] }],
      });
      await actor.signal('ground.dropped');
      const [objectId] = Object.keys(actor.sections.ground?.shown ?? {});
      const asked = { characterId: owner.id, ...at, partyId: 'p1', turn };
      return actor.turn(aSignal('ground.pick', asked, {}, `object/20/${objectId}`));
    };
    const one = await party(next.id, 1);
    expect(one.signal('items.picked').payload).toMatchObject({ result: OK, receiver: next.id, shared: true });
    expect(one.signal('items.changed').to).toBe(`character/${next.id}`);
    expect((await next.stored()).slots).toMatchObject({ 72: { type: 12, id: 11, count: 2 } });
    const told = await owner.tester.signal('items.picked', one.signal('items.picked').payload);
    expect(told.reply('SRV_PICKUP_ITEM_REPLY')).toMatchObject({ result: OK, item: { header: { type: 0 } } });
    expect(told.signal('party.item').payload).toMatchObject({ characterId: next.id });
    const two = await party(full.id, 2);
    expect(two.signal('items.picked').payload).toMatchObject({ result: OK, receiver: owner.id });
  });

  test('those who come have the ground around shown again', async () => {
    await dropped(42, 1);
    const arrived = await owner.tester.signal('items.arrived');
    expect(arrived.signals).toContainEqual({
      to: `actor/map/20/${regionAt(at)}`,
      name: 'ground.dropped',
      payload: {},
    });
  });
});
