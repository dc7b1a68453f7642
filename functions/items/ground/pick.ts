import type { Signal } from '../../../shared/contract/index.ts';
import { PickupItemResult } from '../../../shared/protocol/packets.generated.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { SIGNALS, TEND } from '../names.ts';
import type { ItemsResult, ItemsSignal } from '../sections.ts';
import { handOver } from './hand-over.ts';
import { mayTake } from './lying.ts';
import { afterwards, takenAway } from './tend-ground.ts';

/** Milliseconds until the rows are looked at when nobody knows what has become of one. */
const LOOK_AGAIN = 1_000;
/** Units from a thing within which it can be picked up. */
const REACH = 1_000;

interface Taker {
  readonly characterId: string;
  readonly x: number;
  readonly y: number;
  readonly partyId?: string;
  /** Whose turn it is in the taker's party, when it takes things in order. */
  readonly turn?: string;
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

  const shared = row.partyId !== undefined && row.partyId === taker.partyId;
  const inTurn = shared && row.item !== undefined && taker.turn !== undefined ? [taker.turn] : [];
  const taken = await handOver(context, row, [...inTurn, taker.characterId]);
  if (taken.code === 'full') return { signals: [answer({ result: PickupItemResult.INVENTORY_FULL })] };
  // It may have been handed over all the same: both sides look again.
  if (taken.code === 'down')
    return {
      signals: [
        answer({ result: PickupItemResult.NO_ITEM }),
        { to: `connection/${message.from.connection}`, name: SIGNALS.changed, payload: {} },
      ],
      timers: [{ name: TEND, at: context.now + LOOK_AGAIN }],
      refused: 'service_down',
    };
  const { [objectId]: _gone, ...left } = shown;
  const vanished: ItemsResult = {
    ...afterwards(context, left, true),
    objects: [await takenAway(context, Number(map), objectId)],
  };
  if (taken.code === 'gone') return { ...vanished, signals: [answer({ result: PickupItemResult.NO_ITEM })] };
  const told = answer({ result: PickupItemResult.OK, ...taken.facts, shared });
  const { receiver } = taken.facts;
  const other = receiver === taker.characterId ? [] : [receiver];
  return {
    ...vanished,
    signals: [told, ...other.map((id) => ({ to: `character/${id}`, name: SIGNALS.changed, payload: {} }))],
  };
};

function takerOf(facts: { readonly [key: string]: unknown }): Taker | undefined {
  const { characterId, x, y, partyId, turn } = facts;
  if (typeof characterId !== 'string' || typeof x !== 'number' || typeof y !== 'number') return undefined;
  return {
    characterId,
    x,
    y,
    ...(typeof partyId === 'string' ? { partyId } : {}),
    ...(typeof turn === 'string' && turn !== characterId ? { turn } : {}),
  };
}
