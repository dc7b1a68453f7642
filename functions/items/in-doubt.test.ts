import { describe, expect, test } from 'vitest';
import { aSignal } from '../../shared/kit/testing/index.ts';
import { PickupItemResult } from '../../shared/protocol/packets.generated.ts';
import type { Store } from '../../shared/store/index.ts';
import { regionActor, regionAt } from '../../shared/world/regions.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import type { ItemsServices } from './services.ts';
import { NOW, ownerOf } from './testing/owner.ts';
import { regionUnderTest, servicesOver } from './testing/region.ts';

const engine = useTestEngine();

/** The database carries everything out, and its answers get lost. */
function silent(store: Store): ItemsServices {
  const { world, economy } = servicesOver(store);
  const settle: ItemsServices['economy']['settle'] = async (request) => {
    await economy.settle(request);
    return { code: 'down', problem: 'test' };
  };
  return { world, economy: { ...economy, settle } };
}

describe('when nobody can say whether it was carried out', () => {
  test('what was dropped is looked for, and the client is shown what it has', async () => {
    const at = { x: 550_000, y: 490_000 };
    const owner = await ownerOf(
      engine.store,
      { 42: ['consumable/1', 2] },
      { ...at, services: silent(engine.store) },
    );
    const dropped = await owner.tester.packet('CLI_DROP_ITEM', { index: 42, quantity: 2 });
    expect(dropped.refused).toBe('service_down');
    expect(dropped.signals).toEqual([
      { to: 'self', name: 'items.changed', payload: {} },
      { to: regionActor(20, regionAt(at)), name: 'ground.dropped', payload: {} },
    ]);
    const told = await owner.tester.signal('items.changed');
    expect(told.reply('SRV_SET_ITEM').items).toMatchObject([{ index: 42, item: { header: { type: 0 } } }]);
  });

  test('what was refused for a reason needs no second look', async () => {
    const owner = await ownerOf(engine.store, {}, { services: silent(engine.store) });
    const dropped = await owner.tester.packet('CLI_DROP_ITEM', { index: 42, quantity: 2 });
    expect([dropped.refused, dropped.signals]).toEqual(['empty_slot', []]);
  });

  test.each([
    ['CLI_EQUIP_ITEM', { slotTo: 7, slotFrom: 20 }],
    ['CLI_USE_ITEM', { index: 42, item_id: 1 }],
    ['CLI_APPRAISAL_REQ', { index: 20 }],
    ['CLI_BANK_MOVE_MONEY', { mode: 16, amount: '5' }],
  ] as const)('%s: the client is shown what it has', async (name, fields) => {
    const things = { 42: ['consumable/1', 2], 20: ['weapon/1', { isAppraised: false }] } as const;
    const owner = await ownerOf(engine.store, things, { services: silent(engine.store) });
    const result = await owner.tester.packet(name, fields as never);
    expect(result.refused).toBe('service_down');
    expect(result.signals).toEqual([{ to: 'self', name: 'items.changed', payload: {} }]);
  });

  test('whoever picked something up looks at its bag, and the ground is looked at', async () => {
    const at = { x: 530_000, y: 550_000 };
    const owner = await ownerOf(engine.store, { 42: ['consumable/1', 2] }, at);
    await owner.tester.packet('CLI_DROP_ITEM', { index: 42, quantity: 2 });
    const options = { id: 'silent-region', now: NOW, services: silent(engine.store) };
    const actor = regionUnderTest(engine.store, 20, regionAt(at), options);
    await actor.signal('ground.dropped');
    const [objectId = ''] = Object.keys(actor.sections.ground?.shown ?? {});
    const from = { connection: 'taker' };
    const asked = aSignal('ground.pick', { characterId: owner.id, ...at }, from, `object/20/${objectId}`);
    const picked = await actor.turn(asked);
    expect(picked.signal('items.picked').payload.result).toBe(PickupItemResult.NO_ITEM);
    expect(picked.signal('items.changed').to).toBe('connection/taker');
    expect(picked.timers).toEqual([{ name: 'ground.tend', at: NOW + 1000 }]);
  });
});
