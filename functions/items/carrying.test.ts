import { describe, expect, test } from 'vitest';
import { CraftStatus } from '../../shared/protocol/packets.generated.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { NOW, ownerOf } from './testing/owner.ts';

const engine = useTestEngine();
const open = (...args: Parameters<typeof ownerOf> extends [unknown, ...infer R] ? R : never) =>
  ownerOf(engine.store, ...args);

describe('using', () => {
  test('a potion uses one up, shows it, and lets combat heal', async () => {
    const owner = await open({ 42: ['consumable/1', 2] });
    const used = await owner.tester.packet('CLI_USE_ITEM', { index: 42, item_id: 1 });
    expect(used.delivered('SRV_USE_ITEM')).toEqual({ char_id: 2000, item_id: 1, index: 42 });
    expect(used.reply('SRV_SET_ITEM').items).toMatchObject([{ index: 42, item: { data: { count: 1 } } }]);
    expect(used.signal('combat.heal')).toMatchObject({ to: 'self', payload: { hp: 50 } });
    expect(used.reread).toEqual(['inventory']);
    await owner.reread();
    expect((await owner.tester.packet('CLI_USE_ITEM', { index: 42, item_id: 1 })).refused).toBe('cooldown');
    owner.tester.now += 8_000;
    expect((await owner.tester.packet('CLI_USE_ITEM', { index: 42, item_id: 0 })).refused).toBeUndefined();
    expect((await owner.reread()).slots).toEqual({});
  });

  test('mp and hp have their pauses apart', async () => {
    const owner = await open({ 42: ['consumable/1', 2], 43: ['consumable/4', 2] });
    await owner.tester.packet('CLI_USE_ITEM', { index: 42, item_id: 1 });
    await owner.reread();
    const blue = await owner.tester.packet('CLI_USE_ITEM', { index: 43, item_id: 4 });
    expect(blue.signal('combat.heal').payload).toEqual({ mp: 40 });
  });

  test.each([
    ['an empty slot', 50, 1, 'empty_slot'],
    ['a slot that no inventory has', 65_535, 1, 'empty_slot'],
    ['another item than the client believes', 42, 2, 'wrong_item'],
    ['what is not for use', 72, 11, 'not_usable'],
    ['what needs a higher level', 43, 3, 'level_too_low'],
  ])('%s is refused', async (_name, index, item_id, reason) => {
    const owner = await open({ 42: 'consumable/1', 43: 'consumable/3', 72: 'material/11' });
    const outcome = await owner.tester.packet('CLI_USE_ITEM', { index, item_id });
    expect([outcome.refused, outcome.replies, outcome.deliveries]).toEqual([reason, [], []]);
  });

  test('the dead and those who are not in the world use nothing', async () => {
    const owner = await open({ 42: 'consumable/1' });
    const { vitals, presence } = owner.tester.sections;
    const use = () => owner.tester.packet('CLI_USE_ITEM', { index: 42, item_id: 1 });
    Object.assign(owner.tester.connection.sections, { vitals: { ...vitals, hp: 0 } });
    expect((await use()).refused).toBe('dead');
    Object.assign(owner.tester.connection.sections, { vitals, presence: { ...presence, visible: false } });
    expect((await use()).refused).toBe('not_in_world');
  });

  test('a repeated attempt of the same turn uses nothing up again', async () => {
    const owner = await open({ 42: ['consumable/1', 2] });
    await owner.tester.packet('CLI_USE_ITEM', { index: 42, item_id: 1 });
    const other = await ownerOf(engine.store, {});
    expect(other.id).not.toBe(owner.id);
    expect((await owner.stored()).slots).toMatchObject({ 42: { count: 1 } });
  });
});

describe('wearing', () => {
  test('is seen nearby slot by slot, and the looks are shown anew', async () => {
    const owner = await open({ 7: 'weapon/1', 8: 'shield/1', 20: 'weapon/5' }, { level: 6 });
    const worn = await owner.tester.packet('CLI_EQUIP_ITEM', { slotTo: 7, slotFrom: 20 });
    const packets = worn.deliveries.flatMap(({ packets }) => packets);
    expect(packets.map((one) => ('payload' in one ? one.payload : null))).toMatchObject([
      { id: 2000, slot: 7, item: { id: 5 } },
      { id: 2000, slot: 8, item: { id: 0 } },
    ]);
    expect(worn.reply('SRV_SET_ITEM').items.map(({ index }) => index)).toEqual([7, 8, 12, 20]);
    expect(worn.signal('movement.refresh').to).toBe('self');
  });

  test('the parts of a mount change the speed that is told', async () => {
    const owner = await open({ 102: 'mount/2' }, { level: 10 });
    const on = await owner.tester.packet('CLI_EQUIP_ITEM_RIDE', { slot: 1, index: 102 });
    expect(on.delivered('SRV_EQUIP_ITEM_RIDE')).toMatchObject({ char_id: 2000, slot: 1, item: { id: 2 } });
    await owner.reread();
    const off = await owner.tester.packet('CLI_EQUIP_ITEM_RIDE', { slot: 1, index: 0 });
    expect(off.delivered('SRV_EQUIP_ITEM_RIDE').item).toMatchObject({ id: 0 });
    expect((await owner.tester.packet('CLI_EQUIP_ITEM_RIDE', { slot: 5, index: 1 })).refused).toBe(
      'bad_slot',
    );
    expect((await owner.tester.packet('CLI_EQUIP_ITEM_RIDE', { slot: 65_535, index: 1 })).refused).toBe(
      'bad_slot',
    );
  });

  test('ammunition is loaded, shot and unloaded', async () => {
    const owner = await open({ 72: ['material/1', 5] });
    const load = (type: number, index: number) =>
      owner.tester.packet('CLI_EQUIP_PROJECTILE', { projectile: { type, index } });
    expect((await load(0, 72)).delivered('SRV_EQUIP_PROJECTILE').projectile).toMatchObject({
      type: 12,
      id: 1,
    });
    await owner.reread();
    await owner.tester.signal('items.spend', { slot: 132, count: 2 });
    expect((await owner.reread()).slots).toMatchObject({ 132: { count: 3 } });
    expect((await owner.tester.signal('items.spend', { slot: 132, count: 4 })).refused).toBe('too_few');
    expect((await load(0, 0)).delivered('SRV_EQUIP_PROJECTILE').projectile).toMatchObject({ type: 0, id: 0 });
    expect((await load(3, 72)).refused).toBe('bad_slot');
    expect((await load(1, 16_383)).refused).toBe('bad_slot');
  });
});

describe('dropping', () => {
  test.each([
    ['nothing', 42, 0, 'bad_amount'],
    ['more than there is', 42, 4_294_967_295, 'too_few'],
    ['an empty slot', 99, 1, 'empty_slot'],
    ['what is worn', 7, 1, 'bad_slot'],
    ['a slot that no bag has', 255, 1, 'bad_slot'],
    ['more money than there is', 0, 1001, 'too_little_money'],
    ['what belongs to a quest, which is nobody else’s', 43, 1, 'not_tradable'],
  ])('%s is refused', async (_name, index, quantity, reason) => {
    const owner = await open({ 42: ['consumable/1', 2], 43: ['quest/1', 1], 7: 'weapon/1' });
    expect((await owner.tester.packet('CLI_DROP_ITEM', { index, quantity })).refused).toBe(reason);
    expect((await owner.stored()).version).toBe(1);
  });

  test('is for sixty things a minute: nobody buries a region, and whoever shows it', async () => {
    const owner = await open({});
    const coin = async () => {
      const { refused } = await owner.tester.packet('CLI_DROP_ITEM', { index: 0, quantity: 1 });
      await owner.reread();
      return refused;
    };
    for (let n = 0; n < 60; n += 1) expect(await coin()).toBeUndefined();
    expect(await coin()).toBe('too_many_drops');
    // Nor by coming back.
    await owner.tester.signal('edge.owned', { characterId: owner.id, epoch: 1 });
    owner.tester.now = NOW + 59_999;
    expect(await coin()).toBe('too_many_drops');
    owner.tester.now = NOW + 60_000;
    expect(await coin()).toBeUndefined();
    expect((await owner.stored()).zuly).toBe('939');
  });

  test('wakes the actor of the region', async () => {
    const owner = await open({ 42: ['consumable/1', 2] });
    const dropped = await owner.tester.packet('CLI_DROP_ITEM', { index: 42, quantity: 2 });
    expect(dropped.signal('ground.dropped').to).toMatch(/^actor\/map\/20\/2[56],2[56]$/);
    expect(dropped.reply('SRV_SET_ITEM').items).toMatchObject([{ index: 42, item: { header: { type: 0 } } }]);
  });
});

describe('what others change', () => {
  test('is told to the client as a difference', async () => {
    const owner = await open({ 42: ['consumable/1', 2] });
    const before = await owner.stored();
    await engine.store.update(
      'characters',
      { pk: `character#${owner.id}`, sk: 'inventory' },
      {
        set: { zuly: '7', version: before.version + 1, slots: {} },
      },
    );
    const told = await owner.tester.signal('items.changed');
    expect(told.reply('SRV_SET_MONEY_AND_ITEM')).toMatchObject({ zuly: '7', items: [{ index: 42 }] });
    expect(told.reread).toEqual(['inventory']);
    await owner.reread();
    expect((await owner.tester.signal('items.changed')).replies).toEqual([]);
  });

  test('is told in full when the section has run ahead of what the client knows', async () => {
    const owner = await open({ 42: ['consumable/1', 2] });
    await owner.tester.signal('edge.owned', { characterId: owner.id, epoch: 1 });
    const before = await owner.stored();
    await engine.store.update(
      'characters',
      { pk: `character#${owner.id}`, sk: 'inventory' },
      {
        set: { zuly: '7', version: before.version + 1 },
      },
    );
    await owner.reread();
    const told = await owner.tester.signal('items.changed');
    expect(told.reply('SRV_SET_MONEY_AND_ITEM').items).toHaveLength(139);
  });
});

test('those nearby see somebody at work', async () => {
  const owner = await open({});
  const status = { stats: CraftStatus.CRAFT_START, type: 3, id: 2 };
  const seen = await owner.tester.packet('CLI_CRAFT_STATUS', status);
  expect(seen.delivered('SRV_CRAFT_STATUS')).toEqual({ target: 2000, ...status });
  expect((await owner.tester.packet('CLI_CRAFT_STATUS', { ...status, stats: 200 })).refused).toBe(
    'unknown_status',
  );
  expect(owner.tester.now).toBe(NOW);
});
