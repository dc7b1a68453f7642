import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { repaired } from '../repair-reply.ts';
import { repairWithTool } from '../rules/repair.ts';
import type { ItemsPacket } from '../sections.ts';

/** A tool of one's own is used on a thing. */
export const repairUseItem: ItemsPacket<'CLI_REPAIR_USE_ITEM'> = async (
  context,
  { index: tool, target_index: slot },
) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const done = await settleOwn(context, acting, {
    step: 'repair',
    plan: ({ inventory, uids }) => repairWithTool(inventory, tool, slot, uids),
  });
  return done.code === 'ok' ? repaired(done, slot) : declined(done);
};
