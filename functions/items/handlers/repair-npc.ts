import { whereIs } from '../../../shared/world/whereabouts.ts';
import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { repaired } from '../repair-reply.ts';
import { repairForMoney } from '../rules/repair.ts';
import { smithNear } from '../rules/smith.ts';
import type { ItemsPacket } from '../sections.ts';

/** A smith nearby makes a thing as new. */
export const repairNpc: ItemsPacket<'CLI_REPAIR_NPC'> = async (
  context,
  { npc_id: npc, target_index: slot },
) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const at = whereIs(acting.position, context.now);
  if (smithNear(acting.presence.map, at, npc) === undefined) return { refused: 'no_smith' };
  const done = await settleOwn(context, acting, {
    step: 'repair',
    plan: ({ inventory }) => repairForMoney(inventory, slot),
  });
  return done.code === 'ok' ? repaired(done, slot) : declined(done);
};
