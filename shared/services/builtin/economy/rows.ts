import type { JsonObject } from '../../../contract/index.ts';
import type { Bank, Goods, GroundItem } from '../../../economy/settlement.ts';
import type { InventorySection } from '../../../sections/index.ts';
import { contentOf, type Item } from '../../../store/index.ts';
import type { Mail } from '../../economy.ts';
import { MAIL } from './keys.ts';

/** A bank that nothing was put into yet. */
export const EMPTY_BANK: Bank = { version: 0, zuly: '0', slots: {} };

export function inventoryOf(item: Item): InventorySection {
  return contentOf(item) as unknown as InventorySection;
}

export function bankOf(item: Item | null): Bank {
  return item === null ? EMPTY_BANK : (contentOf(item) as unknown as Bank);
}

export function groundItemOf(item: Item): GroundItem {
  return contentOf(item) as unknown as GroundItem;
}

export function mailOf(item: Item): Mail {
  return {
    id: item.sk.slice(MAIL.length),
    message: item.message as JsonObject,
    goods: (item.goods ?? null) as Goods | null,
    sentAt: item.sentAt as number,
  };
}

/** What lies in a row of the ground. */
export function goodsOfGround({ item, money }: GroundItem): Goods {
  return item === undefined ? { money: money ?? '0' } : { items: [item] };
}
