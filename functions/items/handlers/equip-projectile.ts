import { load } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { SLOTS } from '../../../shared/world/item-types.ts';
import { actingOf, nearby } from '../acting.ts';
import { MOVEMENT_REFRESH } from '../names.ts';
import { declined, settleOwn } from '../own-affair.ts';
import type { ItemsPacket } from '../sections.ts';

/** Loads arrows, bullets or shells from a bag slot, or (`index` 0) unloads them. */
export const equipProjectile: ItemsPacket<'CLI_EQUIP_PROJECTILE'> = async (context, { projectile }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const { type: kind, index } = projectile;
  const done = await settleOwn(context, acting, {
    step: 'load',
    plan: ({ inventory }) => {
      const loaded = load(inventory, kind, index, acting.character.level);
      return loaded.code === 'ok' ? { inventory: loaded.next } : { refused: loaded.code };
    },
  });
  if (done.code !== 'ok') return declined(done);
  const item = done.inventory.slots[SLOTS.ammunitionFirst + kind];
  const seen = packet('SRV_EQUIP_PROJECTILE', {
    char_id: acting.presence.objectId,
    projectile: { type: item?.type ?? 0, id: item?.id ?? 0 },
  });
  return {
    ...done.result(),
    replies: done.told,
    deliveries: [nearby(acting, seen)],
    signals: [{ to: 'self', name: MOVEMENT_REFRESH, payload: {} }],
  };
};
