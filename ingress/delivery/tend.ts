import type { Point } from '../../shared/contract/index.ts';
import type { FanOut } from './fan-out.ts';
import type { Member } from './member.ts';
import { positionOf, squaredDistance } from './motion.ts';
import type { Presence } from './presence.ts';
import type { Seen } from './seen.ts';

/** Appearances by exchange for one member at a time. */
const MOST_SWAPS = 16;
/** Squared share of the distance by which a waiting object must be nearer than a shown one to take its place: no flapping between two that are about as far. */
const CLEARLY_NEARER = 0.64;

interface Candidate {
  readonly seen: Seen;
  readonly distance: number;
}

/**
 * Looks after one crowded member: sends what was thinned out, shows waiting objects where there is room, and puts clearly nearer ones
 * in the place of farther ones. Returns whether the member is still crowded.
 */
export function tend(
  member: Member,
  now: number,
  limit: number,
  presence: Presence,
  fanOut: FanOut,
): boolean {
  for (const subject of [...member.late.keys()]) fanOut.late(member, subject);
  const own = member.seen === null ? null : positionOf(member.seen.place, now);
  if (own === null) fill(member, presence);
  else exchange(member, own, now, limit, presence);
  if (member.waiting.size > 0) return true;
  member.reach = Number.POSITIVE_INFINITY;
  return false;
}

/** Without a position of one's own nothing is near: first come, first shown. */
function fill(member: Member, presence: Presence): void {
  member.reach = Number.POSITIVE_INFINITY;
  for (const seen of [...member.waiting]) {
    if (!presence.hasRoom(member)) return;
    presence.promote(member, seen);
  }
}

function exchange(member: Member, own: Point, now: number, limit: number, presence: Presence): void {
  const shown = candidates(member, member.visible, own, now);
  const waiting = candidates(member, member.waiting, own, now).sort((a, b) => a.distance - b.distance);
  member.reach = reachOf([...shown, ...waiting], limit);
  shown.sort((a, b) => b.distance - a.distance);
  let swaps = 0;
  for (const near of waiting) {
    if (presence.hasRoom(member)) {
      presence.promote(member, near.seen);
      continue;
    }
    const far = shown[swaps];
    if (far === undefined || swaps === MOST_SWAPS || near.distance >= far.distance * CLEARLY_NEARER) return;
    presence.demote(member, far.seen);
    presence.promote(member, near.seen);
    swaps += 1;
  }
}

function candidates(member: Member, seens: Iterable<Seen>, own: Point, now: number): Candidate[] {
  const found: Candidate[] = [];
  for (const seen of seens) {
    if (member.pinned.has(seen.key)) continue;
    found.push({ seen, distance: squaredDistance(own, positionOf(seen.place, now)) });
  }
  return found;
}

/** The squared distance of the last of the nearest `limit`. */
function reachOf(all: readonly Candidate[], limit: number): number {
  if (all.length <= limit) return Number.POSITIVE_INFINITY;
  const distances = Float64Array.from(all, (candidate) => candidate.distance).sort();
  return distances[limit - 1] ?? Number.POSITIVE_INFINITY;
}
