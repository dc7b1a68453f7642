import type { Bank } from '../../../economy/settlement.ts';
import type { InventorySection } from '../../../sections/index.ts';
import { coreKey, lacks, type Store } from '../../../store/index.ts';
import type { Economy, Possessions, PossessionsRequest } from '../../economy.ts';
import { orDown } from '../or-down.ts';
import { bankKey, groundPartition, inventoryKey, MAIL, mailKey } from './keys.ts';
import { bankOf, groundItemOf, inventoryOf, mailOf } from './rows.ts';
import { receiptOf, settle } from './settle.ts';

/** Items and money on DynamoDB: the tables `characters`, `world`, and `sessions` for receipts. */
export function createEconomy(store: Store): Economy {
  return {
    settle: (request) => orDown(() => settle(store, request)),
    possessions: (request) =>
      orDown(async () => ({ code: 'ok' as const, ...(await possessions(store, request)) })),
    onGround: ({ map, region }) =>
      orDown(async () => {
        const items = await store.query('world', { pk: groundPartition(map, region) });
        return { code: 'ok' as const, rows: items.map(groundItemOf) };
      }),
    mailbox: ({ characterId }) =>
      orDown(async () => {
        const items = await store.query('characters', { pk: coreKey(characterId).pk, prefix: MAIL });
        return { code: 'ok' as const, mails: items.map(mailOf) };
      }),
    acknowledge: ({ characterId, ids }) =>
      orDown(async () => {
        // Refused means gone already, or that goods lie with it: both are to be left as they are.
        await Promise.all(
          ids.map((id) => store.remove('characters', mailKey(characterId, id), lacks('goods'))),
        );
        return { code: 'ok' as const };
      }),
  };
}

async function possessions(store: Store, request: PossessionsRequest): Promise<Possessions> {
  const { characterIds, banks = false, step } = request;
  const keys = characterIds.flatMap((id) => (banks ? [inventoryKey(id), bankKey(id)] : [inventoryKey(id)]));
  const [items, settled] = await Promise.all([
    keys.length === 0 ? [] : store.getMany('characters', keys),
    step === undefined ? null : receiptOf(store, step),
  ]);
  const width = banks ? 2 : 1;
  const inventories: Record<string, InventorySection> = {};
  const held: Record<string, Bank> = {};
  for (const [n, id] of characterIds.entries()) {
    const inventory = items[n * width];
    if (inventory) inventories[id] = inventoryOf(inventory);
    if (banks) held[id] = bankOf(items[n * width + 1] ?? null);
  }
  return { inventories, banks: held, settled };
}
