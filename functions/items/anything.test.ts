import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goodsOf, holdingsOf, imbalance } from '../../shared/economy/index.ts';
import type { Flow } from '../../shared/economy/settlement.ts';
import { aPacket } from '../../shared/kit/testing/index.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { ownerOf } from './testing/owner.ts';

const engine = useTestEngine();

const u8 = fc.nat(255);
const u16 = fc.oneof(fc.nat(140), fc.nat(65_535));
const i8 = fc.integer({ min: -128, max: 127 });
const i16 = fc.oneof(fc.integer({ min: -1, max: 140 }), fc.integer({ min: -32_768, max: 32_767 }));
const u32 = fc.oneof(fc.nat(20), fc.nat(0xffff_ffff));
const i64 = fc.oneof(fc.bigInt(-3n, 2_000n), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)).map(String);
const item = fc.record({
  header: fc.oneof(fc.record({ header: u16 }), fc.record({ type: fc.nat(31), id: fc.nat(9) })),
  data: fc.record({ count: u32 }),
});
const enhancement = fc.record({ enhancement: fc.nat(6), data: fc.record({ data: u16 }) });

/** Every packet of the family with any fields that the wire can carry. */
const packets = fc.oneof(
  fc.record({ index: u16, item_id: u16 }).map((p) => aPacket('CLI_USE_ITEM', p)),
  fc.record({ index: u8, quantity: u32 }).map((p) => aPacket('CLI_DROP_ITEM', p)),
  fc.record({ item_id: u16 }).map((p) => aPacket('CLI_PICKUP_ITEM_REQ', p)),
  fc.record({ slotTo: i16, slotFrom: i16 }).map((p) => aPacket('CLI_EQUIP_ITEM', p)),
  fc.record({ slot: u16, index: u16 }).map((p) => aPacket('CLI_EQUIP_ITEM_RIDE', p)),
  u16.map((data) => aPacket('CLI_EQUIP_PROJECTILE', { projectile: { data } })),
  fc.record({ index: u16, target_index: u16 }).map((p) => aPacket('CLI_REPAIR_USE_ITEM', p)),
  fc.record({ npc_id: fc.nat(4), target_index: u16 }).map((p) => aPacket('CLI_REPAIR_NPC', p)),
  u16.map((index) => aPacket('CLI_APPRAISAL_REQ', { index })),
  fc
    .record({ request: fc.constantFrom(0, 3, 17), password: fc.constantFrom('', 'x', 'y') })
    .map((p) => aPacket('CLI_BANK_LIST_REQ', p)),
  fc
    .record({ mode: fc.constantFrom(0, 16, 17), index: u8, item, use_special_tab: u8 })
    .map((p) => aPacket('CLI_BANK_MOVE_ITEM', p)),
  fc.record({ mode: fc.constantFrom(0, 16, 17), amount: i64 }).map((p) => aPacket('CLI_BANK_MOVE_MONEY', p)),
  fc
    .record({ slot: u8, type: i8, id: i8, material_slots: fc.array(i16, { minLength: 4, maxLength: 4 }) })
    .map((p) => aPacket('CLI_CRAFT_REQ', p)),
  enhancement.map((p) => aPacket('CLI_CRAFT_ENHANCE_REQ', p)),
  fc.record({ stats: u8, type: i8, id: i16 }).map((p) => aPacket('CLI_CRAFT_STATUS', p)),
);

const THINGS = {
  7: 'weapon/5',
  8: ['shield/1', { life: 3 }],
  3: ['armor/1', { hasSocket: true }],
  12: ['weapon/1', { hasSocket: true, gem: 2 }],
  13: ['weapon/2', { isAppraised: false, life: 0 }],
  42: ['consumable/1', 20],
  43: ['consumable/4', 5],
  72: ['material/11', 30],
  73: ['material/21', 5],
  74: ['gem/1', 3],
  75: ['material/1', 99],
  102: 'mount/2',
  132: ['material/1', 10],
} as const;

test('whatever a client sends: no handler fails, and nothing is lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(packets, { minLength: 30, maxLength: 30 }), async (messages) => {
      const place = { x: 521_200, y: 521_500 };
      const owner = await ownerOf(engine.store, THINGS, { level: 12, ...place });
      const before = await owner.stored();
      const flows: { minted: Flow[]; burned: Flow[]; placed: Flow[] } = {
        minted: [],
        burned: [],
        placed: [],
      };
      for (const message of messages) {
        await owner.tester.turn(message);
        await owner.reread();
        owner.tester.now += 3_000;
      }
      const mark = `receipt#conn-${owner.id}/`;
      for await (const row of engine.store.scan('sessions')) {
        if (!row.pk.startsWith(mark)) continue;
        const { minted, burned } = row.outcome as unknown as { minted: Flow[]; burned: Flow[] };
        flows.minted.push(...minted);
        flows.burned.push(...burned);
      }
      for await (const row of engine.store.scan('world')) {
        if (row.ownerId !== owner.id) continue;
        const lying = row as unknown as { item?: never; money?: string };
        flows.placed.push(
          lying.item === undefined
            ? { reason: 'lies', money: lying.money ?? '0' }
            : { reason: 'lies', items: [lying.item] },
        );
      }
      const bank = await engine.store.get('characters', { pk: `character#${owner.id}`, sk: 'bank' });
      const held = bank === null ? {} : goodsOf(bank as unknown as typeof before);
      const left = holdingsOf(goodsOf(before), ...flows.minted);
      const right = holdingsOf(goodsOf(await owner.stored()), held, ...flows.burned, ...flows.placed);
      expect(imbalance(left, right)).toBeNull();
    }),
    { numRuns: 25 },
  );
}, 120_000);
