import type { NamedPacket } from '../../../shared/contract/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { itemsOf } from '../acting.ts';
import type { ItemsContext, ItemsResult, ItemsSignal } from '../sections.ts';
import { difference, everything } from '../told.ts';

/** Somebody else has changed the inventory, in the database: the client is told what is different now. */
export const changed: ItemsSignal = async (context) => (await catchUp(context)).result;

export interface CaughtUp {
  readonly result: ItemsResult;
  /** As it is now; undefined when it could not be read, or no character is owned. */
  readonly inventory: InventorySection | undefined;
}

/**
 * Reads the inventory and brings client and section up to it. When the section has run ahead of what the client was told, all is told anew.
 * `before` goes out first.
 */
export async function catchUp(context: ItemsContext, before: readonly NamedPacket[] = []): Promise<CaughtUp> {
  const { characterId: id } = context;
  const known = context.sections.inventory;
  if (id === null || known === undefined)
    return { result: { refused: 'no_character' }, inventory: undefined };
  const read = await context.services.economy.possessions({ characterIds: [id] });
  const inventory = read.code === 'ok' ? read.inventories[id] : undefined;
  if (inventory === undefined) {
    context.log.error('inventory not read', { ...read });
    return { result: { replies: before, reread: ['inventory'], refused: 'service_down' }, inventory };
  }
  const items = itemsOf(context, known);
  if (inventory.version === items.shown && inventory.version === known.version)
    return { result: { replies: before }, inventory };
  const told = items.shown === known.version ? difference(known, inventory) : everything(inventory);
  return {
    result: {
      state: { sections: { items: { ...items, shown: inventory.version } } },
      replies: [...before, ...told],
      reread: ['inventory'],
    },
    inventory,
  };
}
