import { describe, expect, test } from 'vitest';
import {
  CraftEnhancementResult,
  CraftEnhancementType,
  CraftResult,
} from '../../shared/protocol/packets.generated.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { disassemble, setGem, upgrade } from './rules/enhance.ts';
import { ownerOf } from './testing/owner.ts';

const engine = useTestEngine();
const open = (...args: Parameters<typeof ownerOf> extends [unknown, ...infer R] ? R : never) =>
  ownerOf(engine.store, ...args);

/** Beside the smith of the town. */
const SMITH = { x: 521_200, y: 521_500 };
const uids = () => 'made';

describe('crafting', () => {
  const craft = (type: number, id: number, slots: number[]) => ({
    slot: 0,
    type,
    id,
    material_slots: [...slots, 0, 0, 0, 0].slice(0, 4),
  });

  test('makes the thing of its materials, in the named slots only', async () => {
    const owner = await open({ 72: ['material/12', 2], 73: ['material/11', 5] }, { level: 4 });
    const missing = await owner.tester.packet('CLI_CRAFT_REQ', craft(5, 2, [72]));
    expect([missing.reply('SRV_CRAFT_REPLY').result, missing.refused]).toEqual([
      CraftResult.MISSING_ITEM,
      'missing_material',
    ]);
    const made = await owner.tester.packet('CLI_CRAFT_REQ', craft(4, 2, [72, 73]));
    expect(made.reply('SRV_CRAFT_REPLY')).toMatchObject({
      result: CraftResult.SUCCESSS,
      stepOrIndex: 12,
      item: { header: { type: 4, id: 2, isCreated: 1 } },
    });
    expect(made.reread).toEqual(['inventory']);
    const after = await owner.stored();
    expect(Object.keys(after.slots).sort()).toEqual(['12', '73']);
    expect(after.slots['73']).toMatchObject({ count: 4 });
    expect(after.slots['12']).toMatchObject({ kind: 'single', isCreated: true });
  });

  test('refuses unknown products, low levels, and materials that are not there', async () => {
    const owner = await open({ 72: ['material/12', 9] });
    const code = async (type: number, id: number, slots: number[]) =>
      (await owner.tester.packet('CLI_CRAFT_REQ', craft(type, id, slots))).reply('SRV_CRAFT_REPLY').result;
    expect(await code(8, 9, [72])).toBe(CraftResult.INVALID_ITEM);
    expect(await code(-1, -1, [72])).toBe(CraftResult.INVALID_ITEM);
    expect(await code(3, 2, [72])).toBe(CraftResult.INVALID_SKILL_LEVEL);
    expect(await code(4, 2, [-1, 30_000])).toBe(CraftResult.MISSING_ITEM);
    expect((await owner.stored()).version).toBe(1);
  });

  test('without luck the materials are used up and nothing is made', async () => {
    for (let seed = 1; ; seed += 1) {
      const owner = await open({ 72: ['material/14', 4] }, { level: 8 });
      for (let skip = 0; skip < seed; skip += 1) await owner.tester.signal('items.wear', {});
      const outcome = await owner.tester.packet('CLI_CRAFT_REQ', craft(11, 1, [72]));
      const { result } = outcome.reply('SRV_CRAFT_REPLY');
      if (result === CraftResult.SUCCESSS && seed < 40) continue;
      expect(result).toBe(CraftResult.FAIL);
      expect((await owner.stored()).slots).toEqual({});
      return;
    }
  });
});

describe('gems', () => {
  const set = (target: number, source: number) => ({
    enhancement: CraftEnhancementType.GEM,
    data: { gem_target: target, gem_source: source },
  });

  test('go into a socket, once', async () => {
    const owner = await open({ 7: ['weapon/1', { hasSocket: true }], 3: 'armor/1', 72: ['gem/2', 2] });
    const bare = await owner.tester.packet('CLI_CRAFT_ENHANCE_REQ', set(3, 72));
    expect(bare.reply('SRV_CRAFT_ENHANCE_REPLY').result).toBe(CraftEnhancementResult.GEM_NO_SOCKET);
    const done = await owner.tester.packet('CLI_CRAFT_ENHANCE_REQ', set(7, 72));
    const reply = done.reply('SRV_CRAFT_ENHANCE_REPLY');
    expect(reply.result).toBe(CraftEnhancementResult.GEM_SUCCESS);
    expect(reply.items.map(({ index }) => index)).toEqual([7, 72]);
    expect((await owner.reread()).slots).toMatchObject({ 7: { gem: 2 }, 72: { count: 1 } });
    const full = await owner.tester.packet('CLI_CRAFT_ENHANCE_REQ', set(7, 72));
    expect(full.reply('SRV_CRAFT_ENHANCE_REPLY').result).toBe(CraftEnhancementResult.GEM_SOCKET_FULL);
  });

  test('come out again, more or less well', async () => {
    const { tester } = await open({ 20: ['weapon/1', { hasSocket: true, gem: 2, durability: 3 }] });
    const { inventory } = tester.sections;
    if (inventory === undefined) throw new Error('no inventory');
    const came = (dice: number) => disassemble(inventory, 20, dice, uids);
    expect(came(0)).toMatchObject({
      note: { came: 'gem_out' },
      minted: [{ items: [{ type: 11, id: 2, count: 1 }] }],
    });
    expect(came(700)).toMatchObject({
      note: { came: 'gem_degraded' },
      inventory: { slots: { 20: { gem: 0, durability: 0 } } },
    });
    expect(came(999)).toMatchObject({ note: { came: 'gem_lost' }, inventory: { slots: { 20: { gem: 0 } } } });
    expect(setGem(inventory, 20, 20, uids)).toEqual({ refused: 'socket_full' });
  });
});

describe('refining', () => {
  test('uses material up and raises the grade, and bad luck may lower it', async () => {
    const owner = await open({ 7: 'weapon/1', 72: ['material/11', 1] });
    const request = {
      enhancement: CraftEnhancementType.UPGRADE_SKILL,
      data: { upgrade_target: 7, upgrade_source: 0 },
    };
    const done = await owner.tester.packet('CLI_CRAFT_ENHANCE_REQ', request);
    expect(done.reply('SRV_CRAFT_ENHANCE_REPLY').result).toBe(CraftEnhancementResult.UPGRADE_SUCCESS);
    expect((await owner.reread()).slots).toMatchObject({ 7: { refine: 1 } });
    expect(done.signal('movement.refresh').to).toBe('self');
    const again = await owner.tester.packet('CLI_CRAFT_ENHANCE_REQ', request);
    expect(again.reply('SRV_CRAFT_ENHANCE_REPLY').result).toBe(
      CraftEnhancementResult.UPGRADE_INVALID_MATERIALS,
    );

    const { tester } = await open({
      7: ['weapon/1', { refine: 5 }],
      72: ['material/14', 9],
      8: ['shield/1', { refine: 9 }],
    });
    const { inventory } = tester.sections;
    if (inventory === undefined) throw new Error('no inventory');
    expect(upgrade(inventory, 7, 399, uids)).toMatchObject({ inventory: { slots: { 7: { refine: 6 } } } });
    expect(upgrade(inventory, 7, 400, uids)).toMatchObject({
      inventory: { slots: { 7: { refine: 3 }, 72: { count: 8 } } },
      note: { came: 'failed' },
    });
    expect(upgrade(inventory, 8, 0, uids)).toEqual({ refused: 'highest_grade' });
  });

  test('at a smith only when one is near', async () => {
    const request = {
      enhancement: CraftEnhancementType.UPGRADE_NPC,
      data: { upgrade_target: 7, upgrade_source: 1 },
    };
    const far = await open({ 7: 'weapon/1', 72: ['material/11', 1] });
    expect((await far.tester.packet('CLI_CRAFT_ENHANCE_REQ', request)).refused).toBe('no_smith');
    const near = await open({ 7: 'weapon/1', 72: ['material/11', 1] }, SMITH);
    expect((await near.tester.packet('CLI_CRAFT_ENHANCE_REQ', request)).refused).toBeUndefined();
  });

  test('what is taken apart becomes material; unknown requests change nothing', async () => {
    const owner = await open({ 20: 'weapon/5', 7: 'weapon/1' });
    const apart = (target: number, enhancement: number = CraftEnhancementType.DISASSEMBLE_SKILL) =>
      owner.tester.packet('CLI_CRAFT_ENHANCE_REQ', {
        enhancement,
        data: { disassemble_source: 0, disassemble_target: target },
      });
    expect((await apart(7)).refused).toBe('wrong_type');
    expect((await apart(20, 77)).refused).toBe('unknown_request');
    const done = await apart(20);
    expect(done.reply('SRV_CRAFT_ENHANCE_REPLY').result).toBe(CraftEnhancementResult.DISASSEMBLE_SUCCESS);
    expect((await owner.stored()).slots).toMatchObject({ 72: { type: 12, id: 13, count: 2 } });
  });
});

describe('repair', () => {
  test('by a tool gives back some life, by a smith all of it, for money', async () => {
    const owner = await open({ 7: ['weapon/1', { life: 400 }], 72: ['material/21', 2] }, SMITH);
    const tool = await owner.tester.packet('CLI_REPAIR_USE_ITEM', { index: 72, target_index: 7 });
    expect(tool.reply('SRV_SET_ITEM_LIFE')).toEqual({ index: 7, life: 700 });
    await owner.reread();
    const smith = await owner.tester.packet('CLI_REPAIR_NPC', { npc_id: 1, target_index: 7 });
    expect(smith.reply('SRV_SET_ITEM_LIFE')).toEqual({ index: 7, life: 1000 });
    expect(smith.names).toContain('SRV_SET_MONEY_AND_ITEM');
    const after = await owner.reread();
    expect(after).toMatchObject({ zuly: '991', slots: { 72: { count: 1 }, 7: { life: 1000 } } });
    const whole = await owner.tester.packet('CLI_REPAIR_NPC', { npc_id: 1, target_index: 7 });
    expect(whole.refused).toBe('not_damaged');
  });

  test.each([
    ['a thing that is no tool', 7, 7, 'not_usable'],
    ['an empty slot', 99, 7, 'empty_slot'],
    ['a slot that no inventory has', 60_000, 7, 'empty_slot'],
    ['a target that has no life', 72, 73, 'wrong_type'],
  ])('with %s is refused', async (_name, index, target, reason) => {
    const owner = await open({ 7: ['weapon/1', { life: 1 }], 72: ['material/21', 2], 73: 'material/11' });
    const outcome = await owner.tester.packet('CLI_REPAIR_USE_ITEM', { index, target_index: target });
    expect(outcome.refused).toBe(reason);
    expect((await owner.stored()).version).toBe(1);
  });

  test('is refused without money, and far from a smith', async () => {
    const poor = await open({ 7: ['weapon/1', { life: 0 }] }, { ...SMITH, zuly: '29' });
    const repair = { npc_id: 1, target_index: 7 };
    expect((await poor.tester.packet('CLI_REPAIR_NPC', repair)).refused).toBe('too_little_money');
    const far = await open({ 7: ['weapon/1', { life: 0 }] });
    expect((await far.tester.packet('CLI_REPAIR_NPC', repair)).refused).toBe('no_smith');
    expect((await poor.tester.packet('CLI_REPAIR_NPC', { ...repair, npc_id: 2 })).refused).toBe('no_smith');
  });

  test('what is used suffers, down to nothing; broken things cannot be put on', async () => {
    const owner = await open({ 7: ['weapon/1', { life: 3 }] });
    const worn = await owner.tester.signal('items.wear', { slot: 7, amount: 5 });
    expect(worn.reply('SRV_SET_ITEM_LIFE')).toEqual({ index: 7, life: 0 });
    await owner.reread();
    expect((await owner.tester.signal('items.wear', { slot: 7, amount: 5 })).names).toEqual([]);
    await owner.tester.packet('CLI_EQUIP_ITEM', { slotTo: 7, slotFrom: 0 });
    await owner.reread();
    expect((await owner.tester.packet('CLI_EQUIP_ITEM', { slotTo: 7, slotFrom: 12 })).refused).toBe('broken');
  });
});

describe('appraisal', () => {
  test('in no stage for it fails', async () => {
    const owner = await open({});
    owner.tester.connection.stage = 'lobby';
    const refused = await owner.tester.packet('CLI_APPRAISAL_REQ', { index: 20 });
    expect([refused.reply('SRV_APPRAISAL_REPLY').result.result, refused.refused]).toEqual([1, 'wrong_stage']);
  });

  test('tells for money what a thing is, once', async () => {
    const owner = await open({ 20: ['weapon/2', { isAppraised: false }], 21: 'consumable/1' });
    const asked = (index: number) => owner.tester.packet('CLI_APPRAISAL_REQ', { index });
    expect((await asked(20)).reply('SRV_APPRAISAL_REPLY').result).toMatchObject({ index: 20, result: 0 });
    expect(await owner.reread()).toMatchObject({ zuly: '955', slots: { 20: { isAppraised: true } } });
    for (const [slot, reason] of [
      [20, 'appraised_already'],
      [21, 'wrong_type'],
      [65_535, 'empty_slot'],
    ] as const) {
      const refused = await asked(slot);
      expect([refused.reply('SRV_APPRAISAL_REPLY').result.result, refused.refused]).toEqual([1, reason]);
    }
  });
});
