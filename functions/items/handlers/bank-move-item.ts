import type { JsonObject } from '../../../shared/contract/index.ts';
import { wireItem } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { isLocked, moveItem } from '../rules/bank-moves.ts';
import type { ItemsPacket } from '../sections.ts';

/** An item between bag and bank. */
export const bankMoveItem: ItemsPacket<'CLI_BANK_MOVE_ITEM'> = async (
  context,
  { mode, index, item: named },
) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const done = await settleOwn(context, acting, {
    step: 'move',
    bank: true,
    plan: ({ inventory, bank, uids }) => {
      if (isLocked(bank, acting.items.bankOpen)) return { refused: 'needs_password' };
      const plan = moveItem({ inventory, bank }, mode, index, named, uids);
      if ('refused' in plan) return plan;
      const places = plan.note as JsonObject;
      const left = wireItem(plan.bank?.slots[String(places.bank)]);
      return { ...plan, note: { ...places, left: left as JsonObject } };
    },
  });
  if (done.code !== 'ok') return declined(done);
  const {
    inventory: slot,
    bank: bankSlot,
    left,
  } = done.note as { inventory: number; bank: number; left: object };
  const moved = packet('SRV_BANK_MOVE_ITEM', {
    inventory_index: slot,
    bank_index: bankSlot,
    inventory_item: wireItem(done.inventory.slots[slot]),
    bank_item: left,
    money: done.inventory.zuly,
  });
  return { ...done.result(), replies: [moved, ...done.told] };
};
