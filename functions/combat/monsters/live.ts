import type { Delivery, ObjectChange, Signal } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { Mob, MonstersSection, NearPlayer } from '../../../shared/sections/index.ts';
import { inhabitantsOf } from '../../../shared/world/regions.ts';
import { world } from '../../../shared/world/world.ts';
import { facts, type Strike } from '../facts.ts';
import { SIGNALS } from '../names.ts';
import type { CombatContext, CombatResult, CombatTimer } from '../sections.ts';
import { ail } from './ail.ts';
import { bear, bury } from './births.ts';
import { type Act, act } from './brain.ts';
import { withDead } from './dead.ts';
import { hereIs } from './here.ts';
import { regionOf } from './mob-of.ts';
import { byId, NO_GRAVES } from './region.ts';
import { hidden, moveNear, nearMob, shown } from './show-mob.ts';
import { LINGER, UNHEARD, wakeAt } from './wake.ts';

/** What the acts of one moment bring about. */
interface Moment {
  readonly mobs: Record<string, Mob>;
  readonly objects: ObjectChange[];
  readonly deliveries: Delivery[];
  readonly signals: Signal[];
}

/** Somebody in the region has something to do. A region that players have left for a while ends. */
export const live: CombatTimer = async (context) => {
  const place = regionOf(context);
  const section = context.sections.monsters;
  if (place === undefined || section === undefined) return {};
  const { now } = context;
  const { map } = place;
  const attended = withoutLost(section, now);
  if (attended.quietSince !== undefined && now - attended.quietSince >= LINGER)
    return forget(context, map, attended);

  const moment: Moment = { mobs: { ...attended.mobs }, objects: [], deliveries: [], signals: [] };
  const fallen = ail(context, map, moment.mobs, moment.deliveries);
  const removed = await removeCorpses(context, map, moment);
  for (const mob of Object.values(moment.mobs))
    if (mob.mode !== 'dead' && mob.actAt <= now) perform(context, map, attended, mob, moment);
  const graves = await rise(context, map, moment);
  const monsters: MonstersSection = { ...attended, mobs: moment.mobs };
  if (fallen.length === 0) {
    return {
      state: { sections: { monsters, ...(graves === undefined ? {} : { graves }) } },
      objects: [...removed, ...moment.objects],
      deliveries: moment.deliveries,
      signals: moment.signals,
      timers: [wakeAt(monsters, graves ?? context.sections.graves, now)],
    };
  }
  const after = graves === undefined ? context : { ...context, sections: { ...context.sections, graves } };
  const result = await withDead(after, map, monsters, fallen);
  return {
    ...result,
    objects: [...removed, ...moment.objects, ...(result.objects ?? [])],
    deliveries: moment.deliveries,
    signals: [...moment.signals, ...(result.signals ?? [])],
  };
};

/** Players that were not heard of for long are gone: their connection died without a word. */
function withoutLost(section: MonstersSection, now: number): MonstersSection {
  const entries = Object.entries(section.players);
  const heard = entries.filter(([, { heardAt }]) => now - heardAt < UNHEARD);
  if (heard.length === entries.length) return section;
  const quiet = heard.length === 0 ? { quietSince: section.quietSince ?? now } : {};
  return { ...section, players: Object.fromEntries(heard), ...quiet };
}

async function removeCorpses(context: CombatContext, map: number, moment: Moment): Promise<ObjectChange[]> {
  const over = Object.values(moment.mobs).filter(
    ({ mode, actAt }) => mode === 'dead' && actAt <= context.now,
  );
  for (const { objectId } of over) delete moment.mobs[objectId];
  await bury(
    context,
    map,
    over.map(({ objectId }) => objectId),
  );
  return over.map(({ objectId }) => hidden(map, objectId));
}

function perform(
  context: CombatContext,
  map: number,
  { players }: MonstersSection,
  before: Mob,
  moment: Moment,
): void {
  const { now, dice } = context;
  const kind = world.monsters.get(before.kind);
  const spawn = world.spawns[before.spawn];
  const area = world.maps.get(map)?.area;
  if (kind === undefined || spawn === undefined || area === undefined) return;
  const { mob, deed }: Act = act(before, { kind, spawn, area, players }, now, () => dice.float());
  moment.mobs[mob.objectId] = mob;
  if (deed.kind === 'stay') return;
  if (deed.kind === 'hit') {
    hitPlayer(context, map, before, mob, deed.victim, moment);
    return;
  }
  moment.objects.push(shown(map, mob, now));
  if (deed.kind === 'stop') moment.deliveries.push(stopNear(map, mob, now));
  else if (deed.kind === 'home') {
    const well = packet('SRV_SET_HP_AND_MP', { id: mob.objectId, hp: mob.hp, mp: 0 });
    moment.deliveries.push(nearMob(map, mob, now, well));
  } else moment.deliveries.push(moveNear(map, mob, now));
}

function stopNear(map: number, mob: Mob, now: number): Delivery {
  const { objectId: char_id, x, y } = mob;
  return {
    ...nearMob(map, mob, now, packet('SRV_STOP', { char_id, x, y, z: 0 })),
    replace: `motion/${char_id}`,
  };
}

/** The player's own handlers judge the blow. Those nearby see an attack begin when the monster has come up to its victim. */
function hitPlayer(
  context: CombatContext,
  map: number,
  before: Mob,
  mob: Mob,
  victim: NearPlayer,
  moment: Moment,
): void {
  const { now } = context;
  const kind = world.monsters.get(mob.kind);
  if (kind === undefined) return;
  const at = hereIs(mob, now);
  if (before.to !== undefined || before.nextHit === 0) {
    const { objectId: attackerId } = mob;
    const attack = packet('SRV_ATTACK', { attackerId, defenderId: victim.objectId, ...at });
    moment.objects.push(shown(map, mob, now));
    moment.deliveries.push(nearMob(map, mob, now, attack));
  }
  const strike: Strike = {
    by: mob.objectId,
    byId: '',
    connection: context.connection.id,
    ...at,
    reach: kind.range,
    skill: 0,
    level: kind.level,
    attack: kind.attack,
    hit: kind.hit,
    critical: 5,
    power: 100,
    effect: null,
    partyId: null,
  };
  moment.signals.push({
    to: `object/${map}/${victim.objectId}`,
    name: SIGNALS.strike,
    payload: facts(strike),
  });
}

/** Those whose time in the grave is over come back; undefined when there are none. */
async function rise(context: CombatContext, map: number, moment: Moment) {
  const { now } = context;
  const graves = context.sections.graves ?? NO_GRAVES;
  const due = Object.entries(graves.respawns).filter(([, at]) => at <= now);
  if (due.length === 0) return undefined;
  const berths = due.map(([name]) => {
    const [spawn = '', slot = ''] = name.split('/');
    return { spawn: Number(spawn), slot: Number(slot) };
  });
  const { born, graves: left } = await bear(context, map, berths, graves);
  Object.assign(moment.mobs, byId(born));
  for (const mob of born) moment.objects.push(shown(map, mob, now));
  return left;
}

/** Nobody is there to see it: the living are forgotten (graves are kept), and an actor with nothing else to do ends. */
async function forget(context: CombatContext, map: number, section: MonstersSection): Promise<CombatResult> {
  const ids = Object.values(section.mobs).map(({ objectId }) => objectId);
  await bury(context, map, ids);
  const nothingLies = Object.keys(context.sections.ground?.shown ?? {}).length === 0;
  return {
    state: { sections: { monsters: null } },
    objects: [...ids, ...npcsOf(context)].map((id) => hidden(map, id)),
    ...(nothingLies ? { close: { reason: 'nothing_left' } } : {}),
  };
}

function npcsOf(context: CombatContext): readonly number[] {
  const place = regionOf(context);
  return place === undefined
    ? []
    : inhabitantsOf(place.map, place.region).npcs.map(({ objectId }) => objectId);
}
