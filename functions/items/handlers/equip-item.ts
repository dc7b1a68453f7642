import { equip, takeOff } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { SLOTS } from '../../../shared/world/item-types.ts';
import { wornIn } from '../../../shared/world/worn.ts';
import { actingOf, nearby } from '../acting.ts';
import { MOVEMENT_REFRESH } from '../names.ts';
import { declined, settleOwn } from '../own-affair.ts';
import type { ItemsPacket } from '../sections.ts';

/** Wears what lies in a bag slot, or (`slotFrom` 0) takes something off. Those nearby see every slot that changes. */
export const equipItem: ItemsPacket<'CLI_EQUIP_ITEM'> = async (context, { slotTo, slotFrom }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  if (slotTo < SLOTS.wornFirst || slotTo > SLOTS.wornLast) return { refused: 'bad_slot' };
  const done = await settleOwn(context, acting, {
    step: 'equip',
    plan: ({ inventory }) => {
      const worn =
        slotFrom === 0
          ? takeOff(inventory, slotTo)
          : equip(inventory, slotTo, slotFrom, acting.character.level);
      return worn.code === 'ok' ? { inventory: worn.next } : { refused: worn.code };
    },
  });
  if (done.code !== 'ok') return declined(done);
  const id = acting.presence.objectId;
  const seen = done.changed
    .filter((slot) => slot <= SLOTS.wornLast)
    .map((slot) => packet('SRV_EQUIP_ITEM', { id, slot, item: { ...wornIn(done.inventory, slot) } }));
  return {
    ...done.result(),
    replies: done.told,
    deliveries: [nearby(acting, ...seen)],
    signals: [{ to: 'self', name: MOVEMENT_REFRESH, payload: {} }],
  };
};
