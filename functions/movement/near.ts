import type { JsonObject, Signal, TimerChange } from '../../shared/contract/index.ts';
import type { Seen } from '../../shared/world/presence-packet.ts';
import { regionActor, regionsInReachOf } from '../../shared/world/regions.ts';
import { walkOf } from '../../shared/world/whereabouts.ts';
import { REGION } from './signal-names.ts';
import { NEAR } from './timer-names.ts';

/** Milliseconds after which one who stands among monsters says so again. */
const AGAIN = 60_000;

/** What regions are told, and when they are told again. */
export interface Told {
  readonly signals: readonly Signal[];
  readonly timers: readonly TimerChange[];
}

const NOTHING: Told = { signals: [], timers: [] };

/**
 * Tells the regions within reach how a character moves from now on, and those that it has left that it is gone. Regions without monsters are told only
 * when its cell has changed. `before` is null for one who appears.
 */
export function tellRegions(before: Seen | null, after: Seen, now: number): Told {
  const { map, cell } = after.presence;
  const entered = before === null || before.presence.cell !== cell;
  const last = before === null ? [] : regionsInReachOf(map, before.presence.cell);
  const reach = entered ? regionsInReachOf(map, cell) : last;
  if (reach.length === 0 && last.length === 0) return NOTHING;
  const payload = whereabouts(after);
  const near = reach
    .filter(({ monsters }) => monsters || entered)
    .map(({ region }) => ({ to: regionActor(map, region), name: REGION.near, payload }));
  const left = entered ? last.filter(({ region }) => !reach.some((other) => other.region === region)) : [];
  const signals = [...near, ...goneFrom(after, left)];
  if (!entered) return { signals, timers: [] };
  const timer: TimerChange =
    reach.length === 0 ? { name: NEAR, cancel: true } : { name: NEAR, at: now + AGAIN };
  return { signals, timers: [timer] };
}

/**
 * The regions around one who appears are told by a timer that is due at once: a chain of signals that has brought it here may be as long as one
 * can be.
 */
export function tellRegionsSoon({ presence }: Pick<Seen, 'presence'>, now: number): readonly TimerChange[] {
  return regionsInReachOf(presence.map, presence.cell).length === 0 ? [] : [{ name: NEAR, at: now }];
}

/** Tells all regions within reach that a character is there no more. */
export function leaveRegions({ presence }: Pick<Seen, 'presence'>): Told {
  const last = presence.visible ? regionsInReachOf(presence.map, presence.cell) : [];
  return last.length === 0
    ? NOTHING
    : { signals: goneFrom({ presence }, last), timers: [{ name: NEAR, cancel: true }] };
}

function goneFrom(
  { presence }: Pick<Seen, 'presence'>,
  regions: readonly { readonly region: string }[],
): readonly Signal[] {
  const { map, objectId } = presence;
  return regions.map(({ region }) => ({
    to: regionActor(map, region),
    name: REGION.gone,
    payload: { objectId },
  }));
}

function whereabouts({ presence, position, vitals }: Seen): JsonObject {
  const walk = walkOf(position);
  const { x, y, speed, start } = position;
  return {
    objectId: presence.objectId,
    x,
    y,
    speed,
    start,
    alive: vitals === undefined || vitals.hp > 0,
    ...(walk === undefined ? {} : { to: { x: walk.to.x, y: walk.to.y } }),
  };
}
