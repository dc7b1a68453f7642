import { carryOut, inventoryPart, uidsOf } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { type BuySellItem, StoreTradeResult } from '../../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import type { NpcData } from '../../../shared/world/schema/npcs.ts';
import { world } from '../../../shared/world/world.ts';
import { ITEMS_CHANGED } from '../names.ts';
import { buy, type StoreDeal, type StoreRefusal, sell } from '../rules/store.ts';
import type { ShopContext, ShopPacket, ShopResult } from '../sections.ts';
import { isNear, type Standing, standingOf } from '../standing.ts';
import { moneyAndItems } from '../telling.ts';

type Plan = (inventory: InventorySection) => StoreDeal | StoreRefusal;

/** Buys one thing of a figure's store, or sells one to it. */
export const storeTradeReq: ShopPacket<'CLI_STORE_TRADE_REQ'> = (context, request) => {
  const standing = standingOf(context);
  if ('refused' in standing) return standing;
  const { npc_id: id, is_buy: buys, is_sell: sells } = request;
  const { map } = standing.presence;
  const npc = world.npcs.find((one) => one.map === map && (one.objectId === id || one.id === id));
  if (npc === undefined || npc.shop.length === 0)
    return refusal({ refused: 'no_store', code: StoreTradeResult.INVALID_NPC });
  if (!isNear(standing, npc)) return refusal({ refused: 'too_far', code: StoreTradeResult.TOO_FAR });
  if ((buys !== 0) === (sells !== 0)) return refusal({ refused: 'bad_request' });
  return deal(context, standing, planOf(context, npc, request.item, buys !== 0));
};

function planOf(context: ShopContext, npc: NpcData, item: BuySellItem, buys: boolean): Plan {
  const rate = world.maps.get(npc.map)?.priceRate ?? 100;
  const step = context.step('store');
  if (buys) {
    const { buy_tab_id: tab, buy_col_id: column, buy_amount: amount } = item;
    return (inventory) => buy(npc, rate, inventory, { tab, column, amount }, uidsOf(step));
  }
  const { sell_inventory_idx: slot, sell_amount: amount } = item;
  const reserved = new Set(context.sections.shop?.goods.map(({ from }) => from));
  return (inventory) => sell(rate, inventory, { slot, amount }, reserved, uidsOf(step));
}

async function deal(
  context: ShopContext,
  { characterId: id, inventory: known }: Standing,
  plan: Plan,
): Promise<ShopResult> {
  let refused: StoreRefusal | undefined;
  const outcome = await carryOut<string>(context.services.economy, {
    step: context.step('store'),
    now: context.now,
    attempt: context.attempt,
    characterIds: [id],
    known: { inventories: { [id]: known } },
    plan: ({ inventories }) => {
      const inventory = inventories[id];
      const dealt = inventory === undefined ? { refused: 'no_character' } : plan(inventory);
      refused = 'refused' in dealt ? dealt : undefined;
      if (inventory === undefined || 'refused' in dealt)
        return { refused: refused?.refused ?? 'no_character' };
      const { next, minted, burned } = dealt;
      return { parts: [inventoryPart(id, inventory, next, context.epoch)], minted, burned };
    },
  });
  if (outcome.code === 'refused') return refusal(refused ?? { refused: outcome.reason });
  if (outcome.code === 'failed') {
    context.log.error('store deal not settled', { reason: outcome.reason, problem: outcome.problem });
    // It may have been settled all the same: whatever the database says when it answers again is shown.
    return { signals: [{ to: 'self', name: ITEMS_CHANGED, payload: {} }], refused: outcome.reason };
  }
  const after = outcome.inventories[id] ?? known;
  return { replies: [moneyAndItems(known, after)], reread: ['inventory'] };
}

function refusal({ refused, code }: StoreRefusal): ShopResult {
  const replies = code === undefined ? [] : [packet('SRV_STORE_TRADE_REPLY', { result: code })];
  return { replies, refused };
}
