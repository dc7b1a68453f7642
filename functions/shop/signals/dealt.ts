import type { NamedPacket } from '../../../shared/contract/index.ts';
import { wireItem } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { nothing } from '../asking.ts';
import { ITEMS_CHANGED, WAITING } from '../names.ts';
import { readAnswer } from '../reading.ts';
import type { ShopContext, ShopResult, ShopSignal, ShopTimer } from '../sections.ts';
import { moneyAndItems } from '../telling.ts';

/** The owner of a shop has answered. */
export const dealt: ShopSignal = async (context, payload) => {
  const answer = readAnswer(payload);
  if (answer === undefined) return { refused: 'bad_signal' };
  const { shop: id, result, updated, settled } = answer;
  const items = updated.map(({ line, item }) => ({ index: line, item: wireItem(item ?? undefined) }));
  const reply = packet('SRV_SHOP_BUYSELL_REPLY', { id, result, count: items.length, items });
  const timers = [{ name: WAITING, cancel: true } as const];
  return settled ? { ...(await lookAgain(context, reply)), timers } : { replies: [reply], timers };
};

/** No answer came: it may have been lost after the deal was settled. */
export const waitedLong: ShopTimer = (context, { shop }) =>
  lookAgain(context, nothing(typeof shop === 'number' ? shop : 0));

/** Shows the client what it has in truth, then the outcome of its deal. */
async function lookAgain(context: ShopContext, reply: NamedPacket): Promise<ShopResult> {
  const { characterId: id } = context;
  const known = context.sections.inventory;
  if (id === null || known === undefined) return { refused: 'no_character' };
  const read = await context.services.economy.possessions({ characterIds: [id] });
  const after = read.code === 'ok' ? read.inventories[id] : undefined;
  if (after === undefined)
    return { replies: [reply], signals: [{ to: 'self', name: ITEMS_CHANGED, payload: {} }] };
  const told = after.version === known.version ? [] : [moneyAndItems(known, after)];
  return { replies: [...told, reply], reread: ['inventory'] };
}
