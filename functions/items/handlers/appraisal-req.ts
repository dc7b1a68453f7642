import { withMoney, withSlot } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { appraisalCost } from '../../../shared/world/formulas-items.ts';
import { world } from '../../../shared/world/world.ts';
import { actingOf } from '../acting.ts';
import { declined, type OwnPlan, settleOwn } from '../own-affair.ts';
import type { ItemsPacket } from '../sections.ts';

/** Results of SRV_APPRAISAL_REPLY. The protocol has no names for them. */
const RESULT = { ok: 0, failed: 1 } as const;
/** The index of the reply has 12 bits. */
const INDEX = 0xfff;

/** For money one learns what a thing is. */
export const appraisalReq: ItemsPacket<'CLI_APPRAISAL_REQ'> = async (context, { index }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return { replies: [reply(index, RESULT.failed)], refused: acting.refused };
  const done = await settleOwn(context, acting, {
    step: 'appraise',
    plan: ({ inventory }) => appraise(inventory, index),
  });
  if (done.code !== 'ok') return { ...declined(done), replies: [reply(index, RESULT.failed)] };
  return { ...done.result(), replies: [reply(index, RESULT.ok), ...done.told] };
};

function appraise(inventory: InventorySection, slot: number): OwnPlan | { readonly refused: string } {
  const item = inventory.slots[slot];
  if (item === undefined) return { refused: 'empty_slot' };
  if (item.kind !== 'single') return { refused: 'wrong_type' };
  if (item.isAppraised) return { refused: 'appraised_already' };
  const cost = BigInt(appraisalCost(world.item(item.type, item.id)?.price ?? 0));
  const paid = withMoney(inventory, -cost);
  if (paid === undefined) return { refused: 'too_little_money' };
  return {
    inventory: withSlot(paid, slot, { ...item, isAppraised: true }),
    burned: [{ reason: 'appraisal', money: cost.toString() }],
  };
}

/** The answer where nothing can be appraised. */
export const NOT_APPRAISED = reply(0, RESULT.failed);

function reply(index: number, result: number) {
  return packet('SRV_APPRAISAL_REPLY', { result: { index: index & INDEX, result } });
}
