import type { JsonObject } from '../../../shared/contract/index.ts';
import {
  addGoods,
  type Flow,
  type Goods,
  goodsOf,
  type Holdings,
  imbalance,
} from '../../../shared/economy/index.ts';
import type { GroundItem } from '../../../shared/economy/settlement.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import type { Item, Store } from '../../../shared/store/index.ts';

/** Everything that exists, and everything that was ever made or used up, by all tables. */
export interface Books {
  readonly held: Holdings;
  readonly minted: Holdings;
  readonly burned: Holdings;
  /** Receipts of settlements. */
  readonly settlements: number;
}

/** Walks all tables. Nothing may be written meanwhile. */
export async function readBooks(store: Store): Promise<Books> {
  const books = { held: new Map(), minted: new Map(), burned: new Map(), settlements: 0 };
  for await (const item of store.scan('characters')) addGoods(books.held, heldIn(item));
  for await (const item of store.scan('world')) {
    if (item.pk.startsWith('ground#')) addGoods(books.held, lyingIn(item as unknown as GroundItem));
  }
  for await (const item of store.scan('sessions')) {
    if (!item.pk.startsWith('receipt#') || item.sk !== 'settlement') continue;
    books.settlements += 1;
    const { minted = [], burned = [] } = item.outcome as JsonObject & {
      minted?: readonly Flow[];
      burned?: readonly Flow[];
    };
    for (const flow of minted) addGoods(books.minted, flow);
    for (const flow of burned) addGoods(books.burned, flow);
  }
  return books;
}

/** What is wrong between two walks, or null: what was there and was made since is what is there and was used up since. */
export function discrepancy(before: Books, after: Books): string | null {
  return imbalance(
    sum(before.held, after.minted, before.burned),
    sum(after.held, after.burned, before.minted),
  );
}

function sum(...all: readonly Holdings[]): Holdings {
  const total: Holdings = new Map();
  for (const one of all) for (const [name, amount] of one) total.set(name, (total.get(name) ?? 0n) + amount);
  return total;
}

function heldIn(item: Item): Goods {
  if (item.sk === 'inventory' || item.sk === 'bank') return goodsOf(item as unknown as InventorySection);
  return item.sk.startsWith('mail#') ? ((item.goods ?? {}) as Goods) : {};
}

function lyingIn({ item, money }: GroundItem): Goods {
  return item === undefined ? { money: money ?? '0' } : { items: [item] };
}
