import type { NamedPacket } from '../../../shared/contract/index.ts';
import { wireItem } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { nothing } from '../asking.ts';
import { ITEMS_CHANGED } from '../names.ts';
import { readAnswer } from '../reading.ts';
import type { ShopContext, ShopResult, ShopSignal, ShopTimer } from '../sections.ts';
import { moneyAndItems } from '../telling.ts';
import { answered, nothingToWaitFor, waitingIn } from '../waiting.ts';

/** The owner of a shop has answered. */
export const dealt: ShopSignal = async (context, payload) => {
  const answer = readAnswer(payload);
  if (answer === undefined) return { refused: 'bad_signal' };
  const { key, shop: id, result, updated, settled } = answer;
  const inTime = waitingIn(context).some((deal) => deal.key === key);
  // The client has been told already that nothing came of it.
  if (!inTime && !settled) return {};
  const items = updated.map(({ line, item }) => ({ index: line, item: wireItem(item ?? undefined) }));
  const reply = packet('SRV_SHOP_BUYSELL_REPLY', { id, result, count: items.length, items });
  const waiting = answered(context, key);
  return settled ? { ...(await lookAgain(context, [reply])), ...waiting } : { ...waiting, replies: [reply] };
};

/** No answer came: it may have been lost after the deal was settled. */
export const waitedLong: ShopTimer = async (context) => {
  const replies = waitingIn(context).map(({ shop }) => nothing(shop));
  return { ...(await lookAgain(context, replies)), ...nothingToWaitFor(context) };
};

/** Shows the client what it has in truth, then the outcome of its deals. */
async function lookAgain(context: ShopContext, replies: readonly NamedPacket[]): Promise<ShopResult> {
  const { characterId: id } = context;
  const known = context.sections.inventory;
  if (id === null || known === undefined) return { refused: 'no_character' };
  const read = await context.services.economy.possessions({ characterIds: [id] });
  const after = read.code === 'ok' ? read.inventories[id] : undefined;
  if (after === undefined) return { replies, signals: [{ to: 'self', name: ITEMS_CHANGED, payload: {} }] };
  const told = after.version === known.version ? [] : [moneyAndItems(known, after)];
  return { replies: [...told, ...replies], reread: ['inventory'] };
}
