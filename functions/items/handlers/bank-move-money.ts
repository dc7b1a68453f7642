import { packet } from '../../../shared/kit/index.ts';
import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { isLocked, moveMoney } from '../rules/bank-moves.ts';
import type { ItemsPacket } from '../sections.ts';

/** Money between purse and bank. */
export const bankMoveMoney: ItemsPacket<'CLI_BANK_MOVE_MONEY'> = async (context, { mode, amount }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const done = await settleOwn(context, acting, {
    step: 'money',
    bank: true,
    plan: ({ inventory, bank }) =>
      isLocked(bank, acting.items.bankOpen)
        ? { refused: 'needs_password' }
        : moveMoney({ inventory, bank }, mode, amount),
  });
  if (done.code !== 'ok') return declined(done);
  const { bank } = done.note as { bank: string };
  const moved = packet('SRV_BANK_MOVE_MONEY', { inventory: done.inventory.zuly, bank });
  return { ...done.result(), replies: [moved, ...done.told] };
};
