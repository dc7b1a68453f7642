import type { Item, ItemInput } from '../protocol/packets.generated.ts';
import type { StoredItem } from '../sections/index.ts';
import type { Container } from './container.ts';

/** The item type that stands for money, on the ground and in trades. */
export const ZULY = 31;

/** An item on the wire; undefined is the empty item. */
export function wireItem(item: StoredItem | undefined): ItemInput {
  if (item === undefined) return {};
  const { type, id } = item;
  if (item.kind === 'stack') return { header: { type, id, isCreated: 0 }, data: { count: item.count } };
  return {
    header: { type, id, isCreated: Number(item.isCreated) },
    data: {
      gem_opt: item.gem,
      durability: item.durability,
      life: item.life,
      hasSocket: Number(item.hasSocket),
      isAppraised: Number(item.isAppraised),
      refine: item.refine,
    },
  };
}

/** Money on the wire as an item. `amount` is at most 4,294,967,295. */
export function wireMoney(amount: bigint): ItemInput {
  return { header: { type: ZULY, id: 0, isCreated: 0 }, data: { count: Number(amount) } };
}

/** Whether an item that a client names is of the kind that lies there: clients repeat what they have been shown. */
export function isSameKind(named: Item, item: StoredItem): boolean {
  return named.header.type === item.type && named.header.id === item.id;
}

/** A slot and what is in it now, as SRV_SET_ITEM and SRV_SET_MONEY_AND_ITEM list them. */
export function wireSlots(
  container: Pick<Container, 'slots'>,
  slots: readonly number[],
): { index: number; item: ItemInput }[] {
  return slots.map((slot) => ({ index: slot, item: wireItem(container.slots[slot]) }));
}

/** The slots whose content differs between two states of one inventory, ascending. */
export function changedSlots(before: Pick<Container, 'slots'>, after: Pick<Container, 'slots'>): number[] {
  const slots = new Set([...Object.keys(before.slots), ...Object.keys(after.slots)]);
  return [...slots]
    .filter((slot) => !isSame(before.slots[slot], after.slots[slot]))
    .map(Number)
    .sort((a, b) => a - b);
}

function isSame(one: StoredItem | undefined, other: StoredItem | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return JSON.stringify(wireItem(one)) === JSON.stringify(wireItem(other));
}
