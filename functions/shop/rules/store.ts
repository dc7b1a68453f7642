import {
  bagSlots,
  type Container,
  type Flow,
  isBagSlot,
  put,
  take,
  type Uids,
  withMoney,
} from '../../../shared/economy/index.ts';
import { StoreTradeResult } from '../../../shared/protocol/packets.generated.ts';
import type { StoredItem } from '../../../shared/sections/index.ts';
import { buyPrice, sellPrice } from '../../../shared/world/formulas-prices.ts';
import { ITEM_TYPES, MAX_STACK } from '../../../shared/world/item-types.ts';
import type { ItemData } from '../../../shared/world/schema/items.ts';
import type { NpcData } from '../../../shared/world/schema/npcs.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';

/** Why a figure does not deal; `code` of StoreTradeResult where the protocol has one. */
export interface StoreRefusal {
  readonly refused: string;
  readonly code?: number;
}

/** An inventory after a deal with a figure, and what came into the world and left it. */
export interface StoreDeal {
  readonly next: Container;
  readonly minted: readonly Flow[];
  readonly burned: readonly Flow[];
}

const REASON = 'npc_sale';

/** Buys `amount` of what lies in a column of a tab. `rate`: that of the map, in per cent. */
export function buy(
  npc: NpcData,
  rate: number,
  inventory: Container,
  wanted: { readonly tab: number; readonly column: number; readonly amount: number },
  uids: Uids,
): StoreDeal | StoreRefusal {
  const ref = npc.shop[wanted.tab]?.items[wanted.column];
  const data = ref === undefined ? undefined : world.itemByRef(ref);
  if (data === undefined) return { refused: 'not_sold_here', code: StoreTradeResult.INVALID_NPC };
  if (data.price === 0) return { refused: 'no_price', code: StoreTradeResult.PRICE_DIFF };
  if (wanted.amount < 1) return { refused: 'bad_amount' };
  const cost = BigInt(buyPrice(data.price, rate)) * BigInt(wanted.amount);
  const paid = withMoney(inventory, -cost);
  if (paid === undefined) return { refused: 'too_little_money', code: StoreTradeResult.NO_MONEY };
  let next = paid;
  const items: StoredItem[] = [];
  for (const item of packed(data, wanted.amount, uids)) {
    const added = put(next, item, bagSlots(item));
    if (added.code !== 'ok') return { refused: 'no_space' };
    next = added.into;
    items.push(item);
  }
  return {
    next,
    minted: [{ reason: REASON, items }],
    burned: [{ reason: REASON, money: cost.toString() }],
  };
}

/** Sells `amount` of what lies in a bag slot; those in `reserved` belong to the own shop. */
export function sell(
  rate: number,
  inventory: Container,
  { slot, amount }: { readonly slot: number; readonly amount: number },
  reserved: ReadonlySet<number>,
  uids: Uids,
): StoreDeal | StoreRefusal {
  const there = inventory.slots[slot];
  if (there === undefined || !isBagSlot(slot)) return { refused: 'empty_slot' };
  if (reserved.has(slot)) return { refused: 'reserved' };
  const data = world.item(there.type, there.id);
  if (data === undefined || data.price === 0 || data.type === 'quest')
    return { refused: 'no_price', code: StoreTradeResult.PRICE_DIFF };
  const taken = take(inventory, slot, amount, uids);
  if (taken.code !== 'ok') return { refused: taken.code };
  const each = sellPrice(data.price, rate, there.kind === 'single' ? there.life : undefined);
  const money = BigInt(each) * BigInt(amount);
  const next = withMoney(taken.rest, money);
  if (next === undefined) return { refused: 'too_much_money' };
  return {
    next,
    minted: [{ reason: REASON, money: money.toString() }],
    burned: [{ reason: REASON, items: [taken.item] }],
  };
}

/** New things in as many stacks as they need. Ends by itself: whoever takes them stops when there is no more room. */
function* packed(data: ItemData, amount: number, uids: Uids): Generator<StoredItem> {
  const most = ITEM_TYPES[data.type].stacks ? MAX_STACK : 1;
  for (let left = amount; left > 0; left -= most) yield newItem(data, Math.min(left, most), uids());
}
