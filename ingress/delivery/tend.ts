import type { Point } from '../../shared/contract/index.ts';
import type { FanOut } from './fan-out.ts';
import type { Member } from './member.ts';
import { positionOf, squaredDistance } from './motion.ts';
import type { Presence } from './presence.ts';
import type { Seen } from './seen.ts';

/** Appearances by exchange for one member at a time. */
const MOST_SWAPS = 16;
/** Squared share of the distance by which a hidden object must be nearer than a shown one to take its place: no flapping between two that are about as far. */
const CLEARLY_NEARER = 0.64;

interface Candidate {
  readonly seen: Seen;
  readonly distance: number;
}

/**
 * Looks after one crowded member: sends what was thinned out, shows hidden objects where there is room, and puts clearly nearer ones
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
  const hidden = hiddenFrom(member);
  member.reach = Number.POSITIVE_INFINITY;
  if (hidden.length === 0) return false;
  const own = member.seen === null ? null : positionOf(member.seen.place, now);
  const shown = own === null ? 0 : exchange(member, hidden, own, now, limit, presence);
  const crowded = (own === null ? fill(member, hidden, presence) : shown) < hidden.length;
  // It gets no further turn: whatever came late from now on would never leave.
  if (!crowded) member.reach = Number.POSITIVE_INFINITY;
  return crowded;
}

/** What it should see and was not shown. */
function hiddenFrom(member: Member): Seen[] {
  const hidden: Seen[] = [];
  for (const topic of member.watch) {
    for (const seen of topic.objects) {
      if (!seen.broken && seen.connection !== member.id && !member.visible.has(seen)) hidden.push(seen);
    }
  }
  return hidden;
}

/** Without a position of one's own nothing is near: first come, first shown. Returns how many were shown. */
function fill(member: Member, hidden: readonly Seen[], presence: Presence): number {
  let shown = 0;
  for (const seen of hidden) {
    if (!presence.hasRoom(member)) break;
    presence.show(member, seen);
    shown += 1;
  }
  return shown;
}

/** Returns by how many there are fewer hidden ones; an exchange does not change their number. */
function exchange(
  member: Member,
  hidden: readonly Seen[],
  own: Point,
  now: number,
  limit: number,
  presence: Presence,
): number {
  const far = measured(member.visible, own, now, Number.POSITIVE_INFINITY)
    .filter(({ seen }) => !member.pinned.has(seen.key))
    .sort((a, b) => b.distance - a.distance);
  // Those that were pinned, and are no more.
  for (const { seen } of far.splice(0, Math.max(0, far.length - limit))) presence.hide(member, seen);
  // While all places are taken, only those nearer than the farthest shown one matter: mostly few of very many.
  const within = presence.hasRoom(member) ? Number.POSITIVE_INFINITY : (far[0]?.distance ?? 0);
  const near = measured(hidden, own, now, within).sort((a, b) => a.distance - b.distance);
  member.reach = reachOf([...far, ...near], limit);
  let shown = 0;
  let swaps = 0;
  for (const candidate of near) {
    if (!presence.hasRoom(member)) {
      const last = far[swaps];
      if (last === undefined || swaps === MOST_SWAPS) break;
      if (candidate.distance >= last.distance * CLEARLY_NEARER) break;
      presence.hide(member, last.seen);
      swaps += 1;
    } else {
      shown += 1;
    }
    presence.show(member, candidate.seen);
  }
  return shown;
}

/** Those nearer than `within` (squared), with their squared distances. */
function measured(seens: Iterable<Seen>, own: Point, now: number, within: number): Candidate[] {
  const found: Candidate[] = [];
  for (const seen of seens) {
    const distance = squaredDistance(own, positionOf(seen.place, now));
    if (distance < within) found.push({ seen, distance });
  }
  return found;
}

/** The squared distance of the last of the nearest `limit`. */
function reachOf(nearest: readonly Candidate[], limit: number): number {
  const distances = Float64Array.from(nearest, (candidate) => candidate.distance).sort();
  return distances[Math.min(limit, distances.length) - 1] ?? Number.POSITIVE_INFINITY;
}
