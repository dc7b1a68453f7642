import type { JsonObject } from '../../../shared/contract/index.ts';
import {
  bagSlots,
  carryOut,
  type GroundItem,
  inventoryPart,
  put,
  type Settlement,
  wireItem,
  withMoney,
} from '../../../shared/economy/index.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import type { ItemsContext } from '../sections.ts';

/** What was handed over: to whom, into which slot (0 for money), how much money, or which item. */
export interface HandedFacts {
  readonly receiver: string;
  readonly slot: number;
  readonly money?: string;
  readonly item?: JsonObject;
}

export type Handed =
  | { readonly code: 'ok'; readonly facts: HandedFacts }
  | { readonly code: 'full' }
  | { readonly code: 'gone' }
  | { readonly code: 'down' };

/** Moves what lies there into the inventory of the first receiver that has room for it. */
export async function handOver(
  context: ItemsContext,
  row: GroundItem,
  receivers: readonly string[],
): Promise<Handed> {
  let first = true;
  const outcome = await carryOut<'full' | 'gone'>(context.services.economy, {
    step: context.step('pick'),
    now: context.now,
    attempt: context.attempt,
    characterIds: receivers,
    plan: async ({ inventories }) => {
      // A second computation means that something has changed: perhaps the row is not there any more.
      if (!first && !(await isThere(context, row))) return { refused: 'gone' };
      first = false;
      for (const receiver of receivers) {
        const plan = planFor(receiver, inventories[receiver], row);
        if (plan !== undefined) return plan;
      }
      return { refused: 'full' };
    },
  });
  if (outcome.code === 'ok') return { code: 'ok', facts: outcome.note as unknown as HandedFacts };
  if (outcome.code === 'refused') return { code: outcome.reason };
  context.log.error('not picked up', { row: row.id, reason: outcome.reason, problem: outcome.problem });
  return { code: 'down' };
}

function planFor(
  receiver: string,
  inventory: InventorySection | undefined,
  { map, region, id, item, money }: GroundItem,
): Settlement | undefined {
  if (inventory === undefined) return undefined;
  const take = { kind: 'ground-take', map, region, id } as const;
  if (item === undefined) {
    const richer = withMoney(inventory, BigInt(money ?? '0'));
    if (richer === undefined) return undefined;
    const note = { receiver, slot: 0, money: money ?? '0' };
    return { parts: [take, inventoryPart(receiver, inventory, richer, null)], note };
  }
  const placed = put(inventory, item, bagSlots(item));
  if (placed.code !== 'ok') return undefined;
  const note = { receiver, slot: placed.slots[0] ?? 0, item: wireItem(item) as JsonObject };
  return { parts: [take, inventoryPart(receiver, inventory, placed.into, null)], note };
}

async function isThere({ services }: ItemsContext, { map, region, id }: GroundItem): Promise<boolean> {
  const read = await services.economy.onGround({ map, region });
  // When it cannot be read, the transaction decides.
  return read.code !== 'ok' || read.rows.some((row) => row.id === id);
}
