import { testFamily } from '../../../shared/kit/testing/index.ts';
import type { InventorySection, StoredItem } from '../../../shared/sections/index.ts';
import { coreKey, newCore, type Store } from '../../../shared/store/index.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import {
  sampleCharacter,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../../shared/world/testing/sample-character.ts';
import { world } from '../../../shared/world/world.ts';
import { family } from '../family.ts';
import { type ItemsUnderTest, servicesOver } from './region.ts';

export const NOW = 1_800_000_000_000;
let count = 0;

/** What lies in a slot: an item of the data, how many, and what is different from a new one. */
export type Filled =
  | string
  | readonly [ref: string, count: number]
  | readonly [ref: string, over: Partial<StoredItem>];

export interface Owner {
  readonly id: string;
  readonly tester: ItemsUnderTest;
  /** As the database has it. */
  stored(): Promise<InventorySection>;
  /** Reads the section again, as the ingress does after `reread`. */
  reread(): Promise<InventorySection>;
}

/** A character of a given level with these things, standing in the town, in the database and in the world. */
export async function ownerOf(
  store: Store,
  slots: Readonly<Record<number, Filled>>,
  { level = 1, zuly = '1000', x = 520_000, y = 520_000, services = servicesOver(store) } = {},
): Promise<Owner> {
  count += 1;
  const id = `owner${count}`;
  const inventory: InventorySection = { version: 1, zuly, slots: things(slots) };
  await store.put('characters', newCore(id, {}, {}));
  await store.update('characters', coreKey(id), { set: { epoch: 1 } });
  await store.put('characters', { ...coreKey(id), sk: 'inventory', ...inventory });
  const tester = testFamily(family, {
    services,
    now: NOW,
    id: `conn-${id}`,
    userId: 'u1',
    characterId: id,
    sections: {
      character: { ...sampleCharacter(id), level },
      vitals: sampleVitals(NOW),
      position: samplePosition(NOW, x, y),
      presence: samplePresence(x, y),
      inventory,
    },
  });
  const stored = async (): Promise<InventorySection> => {
    const read = await servicesOver(store).economy.possessions({ characterIds: [id] });
    const found = read.code === 'ok' ? read.inventories[id] : undefined;
    if (found === undefined) throw new Error('no inventory');
    return found;
  };
  return {
    id,
    tester,
    stored,
    reread: async () => {
      const now = await stored();
      Object.assign(tester.connection.sections, { inventory: now });
      return now;
    },
  };
}

function things(slots: Readonly<Record<number, Filled>>): Record<string, StoredItem> {
  return Object.fromEntries(
    Object.entries(slots).map(([slot, filled]) => {
      const [ref, more] = typeof filled === 'string' ? [filled, 1] : filled;
      const data = world.itemByRef(ref);
      if (data === undefined) throw new Error(ref);
      count += 1;
      const item = newItem(data, typeof more === 'number' ? more : 1, `uid-${count}`);
      return [slot, typeof more === 'number' ? item : ({ ...item, ...more } as StoredItem)];
    }),
  );
}
