import type { Delivery, JsonObject, Point, Signal } from '../../../shared/contract/index.ts';
import type { Mob, MonstersSection } from '../../../shared/sections/index.ts';
import { cellAt } from '../../../shared/world/geometry/grid.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { regionsInReach } from '../../../shared/world/regions.ts';
import { world } from '../../../shared/world/world.ts';
import { areNumbers, facts, readStrike, type Strike } from '../facts.ts';
import { beat } from '../monsters/blow.ts';
import { type Fallen, withDead } from '../monsters/dead.ts';
import { hereIs } from '../monsters/here.ts';
import { regionOf } from '../monsters/mob-of.ts';
import { nearMob } from '../monsters/show-mob.ts';
import { SIGNALS } from '../names.ts';
import type { CombatContext, CombatSignal } from '../sections.ts';

interface Blast extends Point {
  readonly radius: number;
}

/** A skill hurts everyone around a place: the monsters of this region, and players where players may be fought. */
export const blast: CombatSignal = async (context, payload) => {
  const blow = readStrike(payload);
  const where = readBlast(payload);
  const place = regionOf(context);
  const { monsters } = context.sections;
  if (blow === undefined || where === undefined) return { refused: 'bad_signal' };
  if (place === undefined || monsters === undefined) return {};
  const { now } = context;
  const deliveries: Delivery[] = [];
  const beaten: Mob[] = [];
  const fallen: Fallen[] = [];
  for (const mob of Object.values(monsters.mobs)) {
    if (mob.mode === 'dead' || distance(hereIs(mob, now), where) > where.radius) continue;
    const { mob: after, verdict, packets } = beat(context, mob, blow);
    deliveries.push(nearMob(place.map, mob, now, ...packets));
    if (verdict === 'killed') fallen.push({ mob: after, killer: blow });
    else beaten.push(after);
  }
  const signals = playersHit(context, place.map, place.region, monsters, blow, where);
  if (deliveries.length === 0) return { signals };
  const result = await withDead(context, place.map, monsters, fallen, beaten);
  return { ...result, deliveries, signals: [...signals, ...(result.signals ?? [])] };
};

/** Several regions may know a player: the first of them, in an order that all agree on, passes the blow on. */
function playersHit(
  { now }: CombatContext,
  map: number,
  region: string,
  { players }: MonstersSection,
  blow: Strike,
  where: Blast,
): readonly Signal[] {
  if (world.maps.get(map)?.pvp !== true) return [];
  return Object.values(players).flatMap((player): Signal[] => {
    const at = hereIs(player, now);
    if (!player.alive || player.objectId === blow.by || distance(at, where) > where.radius) return [];
    const first = regionsInReach(map, cellAt(at)).find(({ monsters }) => monsters);
    if (first?.region !== region) return [];
    const to = `object/${map}/${player.objectId}`;
    return [{ to, name: SIGNALS.strike, payload: facts(blow) }];
  });
}

function readBlast({ place }: JsonObject): Blast | undefined {
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return undefined;
  const { x, y, radius } = place as JsonObject;
  return areNumbers(x, y, radius) ? (place as unknown as Blast) : undefined;
}
