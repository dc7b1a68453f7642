import {
  amountOf,
  BANK_SLOTS,
  type Bank,
  bagSlots,
  isBagSlot,
  isSameKind,
  putWhole,
  take,
  type Uids,
  withMoney,
} from '../../../shared/economy/index.ts';
import { BankMoveMode, type Item } from '../../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import type { OwnPlan } from '../own-affair.ts';

type Refused = { readonly refused: string };

export interface Held {
  readonly inventory: InventorySection;
  readonly bank: Bank;
}

/** Moves an item between bag and bank; of a stack as many as the client's item counts. The note says from where to where. */
export function moveItem(held: Held, mode: number, from: number, named: Item, uids: Uids): OwnPlan | Refused {
  if (mode === BankMoveMode.INVENTORY_TO_BANK) {
    if (!isBagSlot(from)) return { refused: 'bad_slot' };
    const moved = moveBetween(held.inventory, held.bank, from, named, () => BANK_SLOTS, uids);
    if ('refused' in moved) return moved;
    const note = { inventory: from, bank: moved.slot };
    return { inventory: moved.rest, bank: withoutVersion(moved.into), note };
  }
  if (mode !== BankMoveMode.BANK_TO_INVENTORY) return { refused: 'bad_mode' };
  const moved = moveBetween(held.bank, held.inventory, from, named, bagSlots, uids);
  if ('refused' in moved) return moved;
  const note = { inventory: moved.slot, bank: from };
  return { inventory: moved.into, bank: withoutVersion(moved.rest), note };
}

/** Moves money between purse and bank. */
export function moveMoney(held: Held, mode: number, amount: string): OwnPlan | Refused {
  const sum = amountOf(amount);
  if (sum === undefined) return { refused: 'bad_amount' };
  const intoBank = mode === BankMoveMode.INVENTORY_TO_BANK;
  if (!intoBank && mode !== BankMoveMode.BANK_TO_INVENTORY) return { refused: 'bad_mode' };
  const inventory = withMoney(held.inventory, intoBank ? -sum : sum);
  const bank = withMoney(held.bank, intoBank ? sum : -sum);
  if (inventory === undefined || bank === undefined) return { refused: 'too_little_money' };
  return { inventory, bank: withoutVersion(bank), note: { bank: bank.zuly } };
}

function moveBetween<A extends InventorySection | Bank, B extends InventorySection | Bank>(
  source: A,
  target: B,
  from: number,
  named: Item,
  order: typeof bagSlots,
  uids: Uids,
): { rest: A; into: B; slot: number } | Refused {
  const item = source.slots[from];
  if (item === undefined) return { refused: 'empty_slot' };
  if (!isSameKind(named, item)) return { refused: 'wrong_item' };
  const taken = take(source, from, item.kind === 'stack' ? named.data.count : 1, uids);
  if (taken.code !== 'ok') return { refused: taken.code };
  const placed = putWhole(target, taken.item, order(taken.item));
  if (placed.code !== 'ok') return { refused: placed.code };
  return { rest: taken.rest, into: placed.into, slot: placed.slots[0] ?? 0 };
}

export function withoutVersion({ version: _version, ...content }: Bank): Omit<Bank, 'version'> {
  return content;
}

/** Whether a bank has a password that this connection has not given. */
export function isLocked(bank: Bank, open: boolean | undefined): boolean {
  return bank.password !== undefined && open !== true;
}
