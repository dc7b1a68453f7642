import { packet } from '../../../shared/kit/index.ts';
import { SLOTS } from '../../../shared/world/item-types.ts';
import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { worn } from '../rules/repair.ts';
import type { ItemsSignal } from '../sections.ts';

/** A worn thing suffers. At 0 it stays worn; once taken off it can only be worn again after a repair. */
export const wear: ItemsSignal = async (context, { slot, amount }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  if (!isWhole(slot) || !isWhole(amount) || slot > SLOTS.wornLast) return { refused: 'bad_slot' };
  const item = acting.inventory.slots[slot];
  if (item?.kind !== 'single' || item.life === 0) return {};
  const done = await settleOwn(context, acting, {
    step: 'wear',
    plan: ({ inventory }) => worn(inventory, slot, amount),
  });
  if (done.code !== 'ok') return declined(done);
  const now = done.inventory.slots[slot];
  const life = now?.kind === 'single' ? now.life : 0;
  return { ...done.result(), replies: [packet('SRV_SET_ITEM_LIFE', { index: slot, life })] };
};

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
