import { countOf, isBagSlot } from '../../shared/economy/index.ts';
import type { InventorySection, TradeOffer } from '../../shared/sections/index.ts';
import { ITEM_TYPES } from '../../shared/world/item-types.ts';

/** The trade slot that holds money. */
export const MONEY_SLOT = 10;

type Change =
  | { readonly change: Partial<Pick<TradeOffer, 'items' | 'money'>> }
  | { readonly refused: string };

/** What a client wants to put into a trade slot: `amount` of what lies in inventory slot `index`, or money; amount 0 takes it back. */
export function offering(
  offer: TradeOffer,
  inventory: InventorySection,
  wanted: { readonly slot: number; readonly index: number; readonly amount: number },
): Change {
  const { slot, amount } = wanted;
  if (slot > MONEY_SLOT) return { refused: 'bad_slot' };
  if (slot === MONEY_SLOT) return offeringMoney(offer, inventory, amount);
  if (amount === 0) return withdrawing(offer, slot);
  return offeringItem(offer, inventory, wanted);
}

function offeringMoney(offer: TradeOffer, inventory: InventorySection, amount: number): Change {
  if (BigInt(amount) > BigInt(inventory.zuly)) return { refused: 'too_little_money' };
  return amount === offer.money ? { refused: 'no_change' } : { change: { money: amount } };
}

function withdrawing(offer: TradeOffer, slot: number): Change {
  const { [slot]: offered, ...items } = offer.items;
  return offered === undefined ? { refused: 'no_change' } : { change: { items } };
}

function offeringItem(
  offer: TradeOffer,
  inventory: InventorySection,
  { slot, index, amount }: { readonly slot: number; readonly index: number; readonly amount: number },
): Change {
  const item = inventory.slots[index];
  if (!isBagSlot(index) || item === undefined) return { refused: 'empty_slot' };
  if (item.type === ITEM_TYPES.quest.wire) return { refused: 'not_tradable' };
  if (amount > countOf(item)) return { refused: 'too_few' };
  const elsewhere = Object.entries(offer.items).some(
    ([other, { from }]) => from === index && other !== String(slot),
  );
  if (elsewhere) return { refused: 'already_offered' };
  const offered = item.kind === 'stack' ? { ...item, count: amount } : item;
  return { change: { items: { ...offer.items, [slot]: { from: index, item: offered } } } };
}
