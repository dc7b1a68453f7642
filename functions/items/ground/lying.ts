import type { Place } from '../../../shared/contract/index.ts';
import { type GroundItem, wireItem, wireMoney } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { cellAt } from '../../../shared/world/geometry/grid.ts';
import { vanishPacket } from '../../../shared/world/presence-packet.ts';
import { cellTopic } from '../../../shared/world/topics.ts';

const MINUTE = 60_000;

/** Where something that lies on the ground is seen, and how, as of `now`. */
export function placeOfLying(row: GroundItem, objectId: number, now: number): Place {
  const { map, x, y, item, money } = row;
  return {
    topic: cellTopic(map, cellAt(row)),
    object: `${map}/${objectId}`,
    appear: packet('SRV_DROP_ITEM', {
      x,
      y,
      item: item === undefined ? wireMoney(BigInt(money ?? '0')) : wireItem(item),
      id: objectId,
      ownerId: ownerAt(row, now),
      timeToLive: minutesLeft(row, now),
    }),
    vanish: vanishPacket(objectId),
    at: { x, y },
  };
}

/** Whether newcomers are to be shown something else now than they were at a time before. */
export function looksDifferent(row: GroundItem, before: number, now: number): boolean {
  return ownerAt(row, before) !== ownerAt(row, now) || minutesLeft(row, before) !== minutesLeft(row, now);
}

function ownerAt({ freeAt, ownerObject }: GroundItem, now: number): number {
  return now < freeAt ? ownerObject : 0;
}

function minutesLeft({ goneAt }: GroundItem, now: number): number {
  return Math.max(0, Math.ceil((goneAt - now) / MINUTE));
}

/** Whether somebody may take it now: the owner and its party always, everybody when its time of protection is over. */
export function mayTake(
  row: GroundItem,
  taker: { characterId: string; partyId?: string },
  now: number,
): boolean {
  if (row.ownerId === null || row.ownerId === taker.characterId || now >= row.freeAt) return true;
  return row.partyId !== undefined && row.partyId === taker.partyId;
}
