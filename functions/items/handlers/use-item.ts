import { packet } from '../../../shared/kit/index.ts';
import { actingOf, nearby } from '../acting.ts';
import { COMBAT_HEAL } from '../names.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { consumableIn, useUp } from '../rules/use.ts';
import type { ItemsPacket } from '../sections.ts';

/** A potion is drunk: one piece is used up, and the combat family gives back what it restores. */
export const useItem: ItemsPacket<'CLI_USE_ITEM'> = async (context, { index, item_id: named }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const { character, inventory, items, presence } = acting;
  const data = consumableIn(inventory, index, named);
  if ('refused' in data) return { refused: data.refused };
  if (character.level < data.level) return { refused: 'level_too_low' };
  if (context.now < (items.used?.[data.restores] ?? 0) + data.cooldown) return { refused: 'cooldown' };
  const done = await settleOwn(context, acting, {
    step: 'use',
    plan: (own) => useUp(own.inventory, index, data, own.uids),
  });
  if (done.code !== 'ok') return declined(done);
  const used = { ...items.used, [data.restores]: context.now };
  const seen = packet('SRV_USE_ITEM', { char_id: presence.objectId, item_id: data.id, index });
  return {
    ...done.result({ used }),
    replies: done.told,
    deliveries: [nearby(acting, seen)],
    signals: [{ to: 'self', name: COMBAT_HEAL, payload: { [data.restores]: data.amount } }],
  };
};
