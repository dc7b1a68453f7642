import { equip, takeOff } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { SLOTS } from '../../../shared/world/item-types.ts';
import { speedOf } from '../../../shared/world/speeds.ts';
import { wornIn } from '../../../shared/world/worn.ts';
import { actingOf, nearby } from '../acting.ts';
import { MOVEMENT_REFRESH } from '../names.ts';
import { declined, settleOwn } from '../own-affair.ts';
import type { ItemsPacket } from '../sections.ts';

/** A part of the mount is put on, or (`index` 0) taken off. */
export const equipItemRide: ItemsPacket<'CLI_EQUIP_ITEM_RIDE'> = async (context, { slot: part, index }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const slot = SLOTS.rideFirst + part;
  if (slot > SLOTS.rideLast) return { refused: 'bad_slot' };
  const { character, presence, position } = acting;
  const done = await settleOwn(context, acting, {
    step: 'equip',
    plan: ({ inventory }) => {
      const worn = index === 0 ? takeOff(inventory, slot) : equip(inventory, slot, index, character.level);
      return worn.code === 'ok' ? { inventory: worn.next } : { refused: worn.code };
    },
  });
  if (done.code !== 'ok') return declined(done);
  const seen = packet('SRV_EQUIP_ITEM_RIDE', {
    char_id: presence.objectId,
    slot: part,
    item: { ...wornIn(done.inventory, slot) },
    move_speed: speedOf(position.gait, character, done.inventory),
  });
  return {
    ...done.result(),
    replies: done.told,
    deliveries: [nearby(acting, seen)],
    signals: [{ to: 'self', name: MOVEMENT_REFRESH, payload: {} }],
  };
};
