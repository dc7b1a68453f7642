import type { Signal } from '../../../shared/contract/index.ts';
import { carryOut, inventoryPart, uidsOf, wireItem } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { ShopBuySellResult } from '../../../shared/protocol/packets.generated.ts';
import type { InventorySection, ShopSection } from '../../../shared/sections/index.ts';
import { ITEMS_CHANGED, SIGNALS } from '../names.ts';
import { attendedShop, close } from '../open-shop.ts';
import { type Answer, type Deal, readDeal, readFills } from '../reading.ts';
import { buyFrom, type Fill, less, sellTo } from '../rules/deals.ts';
import type { ShopContext, ShopResult, ShopSignal } from '../sections.ts';
import { onSale, wished } from '../shelf.ts';
import { isNear, type Standing } from '../standing.ts';
import { moneyAndItems } from '../telling.ts';

const RESULTS = {
  buy: {
    none: ShopBuySellResult.SOLD_OUT,
    part: ShopBuySellResult.BUY_PARTIAL,
    all: ShopBuySellResult.BUY_ALL,
  },
  sell: {
    none: ShopBuySellResult.OVER_SOLD,
    part: ShopBuySellResult.SELL_PARTIAL,
    all: ShopBuySellResult.SELL_ALL,
  },
} as const;

/** A visitor who buys or sells. */
interface Visitor {
  readonly connection: string;
  readonly characterId: string;
}

/** Somebody wants to buy from the shop or sell to it. The owner's side judges, and settles both inventories at once. */
export const dealAsked: ShopSignal = (context, payload, { from }) => {
  const deal = readDeal(payload);
  if (deal === undefined) return { refused: 'bad_signal' };
  const { connection, characterId } = from;
  const answer = answerTo(connection, deal);
  const attended = attendedShop(context);
  if (attended === undefined) return { ...close(context), ...answer({}), refused: 'no_shop' };
  const { shop, standing } = attended;
  if (characterId === null || characterId === standing.characterId)
    return { ...answer({}), refused: 'bad_target' };
  if (!isNear(standing, deal.place)) return { ...answer({}), refused: 'too_far' };
  if (deal.edition !== undefined && deal.edition !== shop.edition)
    return { ...answer({}), refused: 'not_as_seen' };
  return settle(context, shop, standing, deal, { connection, characterId });
};

async function settle(
  context: ShopContext,
  shop: ShopSection,
  { characterId: own, inventory: known }: Standing,
  deal: Deal,
  visitor: Visitor,
): Promise<ShopResult> {
  const step = context.step('deal');
  const outcome = await carryOut<string>(context.services.economy, {
    step,
    now: context.now,
    attempt: context.attempt,
    characterIds: [own, visitor.characterId],
    plan: ({ inventories }) => {
      const { [own]: owner, [visitor.characterId]: other } = inventories;
      if (owner === undefined || other === undefined) return { refused: 'no_character' };
      const trade = deal.kind === 'buy' ? buyFrom : sellTo;
      const dealt = trade(shop, { owner, visitor: other }, deal.wanted, uidsOf(step));
      if (dealt.code !== 'ok') return { refused: dealt.code };
      const { fills, partial } = dealt;
      return {
        parts: [
          inventoryPart(own, owner, dealt.owner, context.epoch),
          inventoryPart(visitor.characterId, other, dealt.visitor, deal.epoch),
        ],
        note: { fills: fills.map((fill) => ({ ...fill })), partial },
      };
    },
  });
  const answer = answerTo(visitor.connection, deal);
  if (outcome.code === 'refused') {
    const { none } = RESULTS[deal.kind];
    return { ...answer(outcome.reason === 'nothing_left' ? { result: none } : {}), refused: outcome.reason };
  }
  const done = outcome.code === 'ok' ? readFills(outcome.note) : undefined;
  const after = outcome.code === 'ok' ? outcome.inventories[own] : undefined;
  // Of these it is known that nothing was written.
  if (outcome.code === 'failed' && (outcome.reason === 'fenced' || outcome.reason === 'contended'))
    return { ...answer({}), refused: outcome.reason };
  if (done === undefined || after === undefined) return unknown(context, deal, visitor, outcome);
  return sold({ ...shop, ...lessOf(shop, deal, done.fills) }, known, after, deal, visitor, done);
}

/** The deal is done: both are told what they have, and what is left in the shop. */
function sold(
  shop: ShopSection,
  before: InventorySection,
  after: InventorySection,
  deal: Deal,
  { connection }: Visitor,
  { fills, partial }: { readonly fills: readonly Fill[]; readonly partial: boolean },
): ShopResult {
  const result = RESULTS[deal.kind][partial ? 'part' : 'all'];
  const updated = [...new Set(fills.map(({ line }) => line))].map((line) => ({
    line,
    item: leftOf(shop, deal, line, after),
  }));
  const items = updated.map(({ line, item }) => ({ index: line, item: wireItem(item ?? undefined) }));
  const reply = packet('SRV_SHOP_BUYSELL_REPLY', { id: shop.objectId, result, count: items.length, items });
  return {
    state: { sections: { shop } },
    replies: [moneyAndItems(before, after), reply],
    ...answerTo(connection, deal)({ result, updated, settled: true }),
    reread: ['inventory'],
  };
}

/** Nobody can say whether the deal was settled: the shop closes, so that nothing is sold twice, and both look at what they have. */
function unknown(
  context: ShopContext,
  deal: Deal,
  { connection }: Visitor,
  outcome: { readonly code: string; readonly reason?: string; readonly problem?: string },
): ShopResult {
  context.log.error('shop deal not settled', { reason: outcome.reason, problem: outcome.problem });
  const answer = answerTo(connection, deal)({ settled: true });
  const look: Signal = { to: 'self', name: ITEMS_CHANGED, payload: {} };
  return {
    ...close(context),
    signals: [...answer.signals, look],
    refused: outcome.reason ?? 'service_down',
  };
}

function lessOf(
  shop: ShopSection,
  { kind }: Deal,
  fills: readonly Fill[],
): Partial<Pick<ShopSection, 'goods' | 'wishes'>> {
  return kind === 'buy' ? { goods: less(shop.goods, fills) } : { wishes: less(shop.wishes, fills) };
}

function leftOf({ goods, wishes }: ShopSection, { kind }: Deal, line: number, owner: InventorySection) {
  const [sale, wish] = [goods[line], wishes[line]];
  if (kind === 'buy') return sale === undefined ? null : onSale(sale, owner);
  return wish === undefined ? null : wished(wish);
}

/** The answer to the visitor; nothing came of the deal unless said otherwise. */
function answerTo(connection: string, { key, shop }: Deal) {
  return (facts: Partial<Omit<Answer, 'key' | 'shop'>>): { signals: Signal[] } => {
    const nothing = { result: ShopBuySellResult.NULL, updated: [], settled: false };
    const payload = { key, shop, ...nothing, ...facts };
    return { signals: [{ to: `connection/${connection}`, name: SIGNALS.dealt, payload }] };
  };
}
