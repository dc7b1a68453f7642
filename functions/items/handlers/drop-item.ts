import { regionActor, regionAt } from '../../../shared/world/regions.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { actingOf } from '../acting.ts';
import { SIGNALS } from '../names.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { dropFrom } from '../rules/drop.ts';
import { landing } from '../rules/placing.ts';
import type { ItemsPacket, ItemsSection } from '../sections.ts';

/** Things that one connection may drop in a minute: a region has to show all that lies in it. */
const MOST = 60;
const MINUTE = 60_000;

/** Things or money (`index` 0) are put on the ground. The actor of the region shows them. */
export const dropItem: ItemsPacket<'CLI_DROP_ITEM'> = async (context, { index, quantity }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  const { id, presence, position, items } = acting;
  const { now } = context;
  const drops = oneMore(items.drops, now);
  if (drops.count > MOST) return { refused: 'too_many_drops' };
  const { map } = presence;
  const at = landing(map, whereIs(position, now), context.dice);
  const facts = { map, at, ownerId: id, ownerObject: presence.objectId, now };
  const done = await settleOwn(context, acting, {
    step: 'drop',
    plan: ({ inventory, uids }) => dropFrom(inventory, index, quantity, facts, uids),
  });
  const look = { to: regionActor(map, regionAt(at)), name: SIGNALS.dropped, payload: {} };
  if (done.code === 'ok') return { ...done.result({ drops }), replies: done.told, signals: [look] };
  const { refused, signals = [] } = declined(done);
  return { refused, signals: done.doubtful ? [...signals, look] : signals };
};

function oneMore(drops: ItemsSection['drops'], now: number): NonNullable<ItemsSection['drops']> {
  return drops === undefined || now - drops.since >= MINUTE
    ? { since: now, count: 1 }
    : { ...drops, count: drops.count + 1 };
}
