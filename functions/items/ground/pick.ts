import type { Signal } from '../../../shared/contract/index.ts';
import {
  bagSlots,
  carryOut,
  type GroundItem,
  inventoryPart,
  put,
  withMoney,
} from '../../../shared/economy/index.ts';
import { PickupItemResult } from '../../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { SIGNALS } from '../names.ts';
import type { ItemsContext, ItemsResult, ItemsSignal } from '../sections.ts';
import { mayTake } from './lying.ts';
import { afterwards, takenAway } from './tend-ground.ts';

/** Units from a thing within which it can be picked up. */
const REACH = 1_000;

interface Taker {
  readonly characterId: string;
  readonly x: number;
  readonly y: number;
  readonly partyId?: string;
}

/**
 * Somebody wants what this actor shows under the object id to which the signal was sent. One transaction takes the row and fills the
 * inventory, so that one gets it, whoever else wants it here or through another path.
 */
export const pick: ItemsSignal = async (context, payload, message) => {
  const [, map, object] = message.to.split('/');
  const objectId = Number(object);
  if (!Number.isInteger(objectId)) return { refused: 'bad_target' };
  const answer = (facts: object): Signal => ({
    to: `connection/${message.from.connection}`,
    name: SIGNALS.picked,
    payload: { objectId, ...facts },
  });
  const shown = context.sections.ground?.shown ?? {};
  const row = shown[objectId];
  const taker = takerOf(payload);
  if (row === undefined || taker === undefined || row.goneAt <= context.now)
    return { signals: [answer({ result: PickupItemResult.NO_ITEM })] };
  if (distance(row, taker) > REACH)
    return { signals: [answer({ result: PickupItemResult.NO_ITEM })], refused: 'too_far' };
  if (!mayTake(row, taker, context.now)) return { signals: [answer({ result: PickupItemResult.NOT_OWNER })] };

  const taken = await hand(context, row, taker);
  if (taken.code === 'full') return { signals: [answer({ result: PickupItemResult.INVENTORY_FULL })] };
  if (taken.code === 'down')
    return { signals: [answer({ result: PickupItemResult.NO_ITEM })], refused: 'service_down' };
  const { [objectId]: _gone, ...left } = shown;
  const vanished: ItemsResult = {
    ...afterwards(context, left, true),
    objects: [await takenAway(context, Number(map), objectId)],
  };
  const facts =
    taken.code === 'ok'
      ? { result: PickupItemResult.OK, ...taken.facts }
      : { result: PickupItemResult.NO_ITEM };
  return { ...vanished, signals: [answer(facts)] };
};

interface Picked {
  readonly slot?: number;
  readonly money?: string;
}
type Handed =
  | { readonly code: 'ok'; readonly facts: Picked }
  | { readonly code: 'full' }
  | { readonly code: 'gone' }
  | { readonly code: 'down' };

/** Moves the row into the taker's inventory. */
async function hand(context: ItemsContext, row: GroundItem, { characterId }: Taker): Promise<Handed> {
  const { map, region, id } = row;
  const { economy } = context.services;
  let first = true;
  const outcome = await carryOut<'full' | 'gone'>(economy, {
    step: context.step('pick'),
    now: context.now,
    attempt: context.attempt,
    characterIds: [characterId],
    plan: async ({ inventories }) => {
      const inventory = inventories[characterId];
      if (inventory === undefined) return { refused: 'gone' };
      // A second computation means that something has changed: perhaps the row is not there any more.
      if (!first && !(await isThere(context, row))) return { refused: 'gone' };
      first = false;
      const filled = withGoods(inventory, row);
      if (filled === undefined) return { refused: 'full' };
      return {
        parts: [
          { kind: 'ground-take', map, region, id },
          inventoryPart(characterId, inventory, filled.next, null),
        ],
        note: filled.facts,
      };
    },
  });
  if (outcome.code === 'ok') return { code: 'ok', facts: outcome.note as Picked };
  if (outcome.code === 'refused') return { code: outcome.reason };
  context.log.error('not picked up', { row: id, reason: outcome.reason, problem: outcome.problem });
  return { code: 'down' };
}

function withGoods(inventory: InventorySection, { item, money }: GroundItem) {
  if (item === undefined) {
    const next = withMoney(inventory, BigInt(money ?? '0'));
    return next && { next, facts: { money: money ?? '0' } };
  }
  const placed = put(inventory, item, bagSlots(item));
  return placed.code === 'ok' ? { next: placed.into, facts: { slot: placed.slots[0] ?? 0 } } : undefined;
}

async function isThere({ services }: ItemsContext, { map, region, id }: GroundItem): Promise<boolean> {
  const read = await services.economy.onGround({ map, region });
  // When it cannot be read, the transaction decides.
  return read.code !== 'ok' || read.rows.some((row) => row.id === id);
}

function takerOf({ characterId, x, y, partyId }: { readonly [key: string]: unknown }): Taker | undefined {
  if (typeof characterId !== 'string' || typeof x !== 'number' || typeof y !== 'number') return undefined;
  return { characterId, x, y, ...(typeof partyId === 'string' ? { partyId } : {}) };
}
