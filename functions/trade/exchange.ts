import {
  bagSlots,
  type Container,
  isBagSlot,
  put,
  take,
  type Uids,
  wireItem,
  withMoney,
} from '../../shared/economy/index.ts';
import type { InventorySection, OfferedItem, StoredItem, TradeOffer } from '../../shared/sections/index.ts';

/** One party of an exchange: what it has, and what it gives of it. */
export interface Party {
  readonly inventory: InventorySection;
  readonly offer: TradeOffer;
}

/** The inventories of both afterwards. `offer_gone`: something offered is not there any more as it was shown. */
export type Exchanged =
  | { readonly code: 'ok'; readonly one: Container; readonly other: Container }
  | { readonly code: 'offer_gone' | 'no_space' };

/** Moves everything that two offers hold, or nothing. */
export function exchange(one: Party, other: Party, uids: Uids): Exchanged {
  const given = giveUp(one, uids);
  const taken = giveUp(other, uids);
  if (given === undefined || taken === undefined) return { code: 'offer_gone' };
  const first = receive(given.rest, taken.items, other.offer.money);
  const second = receive(taken.rest, given.items, one.offer.money);
  if (first === undefined || second === undefined) return { code: 'no_space' };
  return { code: 'ok', one: first, other: second };
}

/** Whether what was offered of a slot is there still: the very thing, unchanged, or enough of the very stack. */
export function isThere(container: Container, { from, item }: OfferedItem): boolean {
  const there = container.slots[from];
  if (there === undefined || !isBagSlot(from) || there.uid !== item.uid) return false;
  if (item.kind === 'stack')
    return there.kind === 'stack' && sameKind(there, item) && there.count >= item.count;
  return JSON.stringify(wireItem(there)) === JSON.stringify(wireItem(item));
}

function giveUp(
  { inventory, offer }: Party,
  uids: Uids,
): { rest: Container; items: StoredItem[] } | undefined {
  let rest = withMoney<Container>(inventory, -BigInt(offer.money));
  const items: StoredItem[] = [];
  for (const offered of Object.values(offer.items)) {
    if (rest === undefined || !isThere(rest, offered)) return undefined;
    const { from, item } = offered;
    const taken = take(rest, from, item.kind === 'stack' ? item.count : 1, uids);
    if (taken.code !== 'ok') return undefined;
    items.push(taken.item);
    rest = taken.rest;
  }
  return rest === undefined ? undefined : { rest, items };
}

function receive(into: Container, items: readonly StoredItem[], money: number): Container | undefined {
  let filled = withMoney(into, BigInt(money));
  for (const item of items) {
    if (filled === undefined) return undefined;
    const added = put(filled, item, bagSlots(item));
    filled = added.code === 'ok' ? added.into : undefined;
  }
  return filled;
}

function sameKind(one: StoredItem, other: StoredItem): boolean {
  return one.type === other.type && one.id === other.id;
}
