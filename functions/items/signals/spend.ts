import { take } from '../../../shared/economy/index.ts';
import { SLOTS } from '../../../shared/world/item-types.ts';
import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import type { ItemsSignal } from '../sections.ts';

/** Ammunition is shot. When it was the last, combat sees an empty slot. */
export const spend: ItemsSignal = async (context, { slot, count }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  if (typeof slot !== 'number' || typeof count !== 'number') return { refused: 'bad_slot' };
  if (slot < SLOTS.ammunitionFirst || slot > SLOTS.ammunitionLast) return { refused: 'bad_slot' };
  const done = await settleOwn(context, acting, {
    step: 'spend',
    plan: ({ inventory, uids }) => {
      const used = take(inventory, slot, count, uids);
      if (used.code !== 'ok') return { refused: used.code };
      return { inventory: used.rest, burned: [{ reason: 'shot', items: [used.item] }] };
    },
  });
  return done.code === 'ok' ? { ...done.result(), replies: done.told } : declined(done);
};
