import type { GravesSection, Mob } from '../../../shared/sections/index.ts';
import { clamp, scatter } from '../../../shared/world/geometry/point.ts';
import { inhabitantsOf } from '../../../shared/world/regions.ts';
import { world } from '../../../shared/world/world.ts';
import type { CombatContext } from '../sections.ts';
import { strollTime } from './brain.ts';

/** Milliseconds after which a monster that got no object id is tried again. */
const AGAIN = 10_000;

/** One monster of a spawn: its place in the data, and the how-manieth. */
export interface Berth {
  readonly spawn: number;
  readonly slot: number;
}

/** `spawn/slot`, as graves have it. */
export function berthName({ spawn, slot }: Berth): string {
  return `${spawn}/${slot}`;
}

/** Everyone who is to live in a region. */
export function berthsOf(map: number, region: string): readonly Berth[] {
  return inhabitantsOf(map, region).spawns.flatMap(({ index, spawn }) =>
    Array.from({ length: spawn.count }, (_, slot) => ({ spawn: index, slot })),
  );
}

/**
 * Brings monsters to life, each with an object id of its own. Those that get none (the database does not answer, the map is full) wait in
 * their graves.
 */
export async function bear(
  context: CombatContext,
  map: number,
  berths: readonly Berth[],
  graves: GravesSection,
): Promise<{ readonly born: readonly Mob[]; readonly graves: GravesSection }> {
  const { now } = context;
  const respawns = { ...graves.respawns };
  // Dice are rolled in order, before anything is waited for: a retry rolls the same.
  const planned = berths.map((berth) => ({ berth, mob: unborn(context, berth) }));
  const ids = await Promise.all(berths.map((berth) => idFor(context, map, berth)));
  const born: Mob[] = [];
  for (const [n, { berth, mob }] of planned.entries()) {
    const objectId = ids[n];
    const name = berthName(berth);
    if (mob === undefined) delete respawns[name];
    else if (objectId === undefined) respawns[name] = now + AGAIN;
    else {
      delete respawns[name];
      born.push({ ...mob, objectId });
    }
  }
  return { born, graves: { ...graves, respawns } };
}

function unborn({ now, dice }: CombatContext, { spawn, slot }: Berth): Omit<Mob, 'objectId'> | undefined {
  const place = world.spawns[spawn];
  const kind = world.monsters.get(place?.monster ?? 0);
  const area = world.maps.get(place?.map ?? 0)?.area;
  if (place === undefined || kind === undefined || area === undefined) return undefined;
  const roll = () => dice.float();
  const home = clamp(area, scatter(place, place.radius, roll));
  const wanderAt = strollTime(now, roll);
  return {
    spawn,
    slot,
    kind: kind.id,
    home,
    ...home,
    speed: kind.walkSpeed,
    start: now,
    hp: kind.hp,
    mode: 'idle',
    target: 0,
    actAt: kind.sight > 0 ? now + 500 : wanderAt,
    nextHit: 0,
    wanderAt,
    grudges: {},
    effects: [],
  };
}

async function idFor(context: CombatContext, map: number, berth: Berth): Promise<number | undefined> {
  const { connection, epoch, now, services } = context;
  const outcome = await services.world.allocateObject({
    map,
    characterId: connection.actor ?? '',
    connectionId: connection.id,
    epoch,
    now,
    step: context.step(`birth/${berthName(berth)}`),
  });
  if (outcome.code === 'ok') return outcome.objectId;
  context.log.warn('no object id for a monster', { map, ...outcome });
  return undefined;
}

/** Gives object ids back; those that could not be given back are freed by whoever meets them. */
export async function bury(context: CombatContext, map: number, objectIds: readonly number[]): Promise<void> {
  const { connection, now, services } = context;
  const characterId = connection.actor ?? '';
  await Promise.all(
    objectIds.map((objectId) => services.world.freeObject({ map, objectId, characterId, now })),
  );
}
