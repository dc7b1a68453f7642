import { goodsOf } from '../../../economy/holdings.ts';
import type { Goods, Part } from '../../../economy/settlement.ts';
import type { Item, Key, Store, TableName } from '../../../store/index.ts';
import { bankKey, groundKey, inventoryKey, mailKey } from './keys.ts';
import { bankOf, goodsOfGround, groundItemOf, inventoryOf, mailOf } from './rows.ts';

/** What the entities of a settlement hold now; `stale` when one is not what the change was computed from. */
export async function readBefore(store: Store, parts: readonly Part[]): Promise<readonly Goods[] | 'stale'> {
  const places = parts.flatMap((part) => placeOf(part) ?? []);
  const characters = places.filter(({ table }) => table === 'characters');
  const world = places.filter(({ table }) => table === 'world');
  const [own, ground] = await Promise.all([
    read(store, 'characters', characters),
    read(store, 'world', world),
  ]);
  const goods: Goods[] = [];
  for (const { part, item } of [...own, ...ground]) {
    const held = heldBy(part, item);
    if (held === 'stale') return 'stale';
    goods.push(held);
  }
  return goods;
}

interface Place {
  readonly part: Part;
  readonly table: TableName;
  readonly key: Key;
}

function placeOf(part: Part): Place | undefined {
  switch (part.kind) {
    case 'inventory':
      return { part, table: 'characters', key: inventoryKey(part.characterId) };
    case 'bank':
      return { part, table: 'characters', key: bankKey(part.characterId) };
    case 'ground-take':
      return { part, table: 'world', key: groundKey(part.map, part.region, part.id) };
    case 'mailbox-take':
      return { part, table: 'characters', key: mailKey(part.characterId, part.id) };
    default:
      return undefined;
  }
}

async function read(store: Store, table: TableName, places: readonly Place[]) {
  if (places.length === 0) return [];
  const keys = places.map(({ key }) => key);
  const items = await store.getMany(table, keys);
  return places.map(({ part }, index) => ({ part, item: items[index] ?? null }));
}

function heldBy(part: Part, item: Item | null): Goods | 'stale' {
  switch (part.kind) {
    case 'inventory':
      return item === null || inventoryOf(item).version !== part.version
        ? 'stale'
        : goodsOf(inventoryOf(item));
    case 'bank':
      return bankOf(item).version === part.version ? goodsOf(bankOf(item)) : 'stale';
    case 'ground-take':
      return item === null ? 'stale' : goodsOfGround(groundItemOf(item));
    case 'mailbox-take':
      return item === null ? 'stale' : (mailOf(item).goods ?? {});
    default:
      return {};
  }
}
