import type { JsonObject } from '../../../shared/contract/index.ts';
import type { MonstersSection, NearPlayer } from '../../../shared/sections/index.ts';
import { inhabitantsOf } from '../../../shared/world/regions.ts';
import { areNumbers } from '../facts.ts';
import type { CombatSignal } from '../sections.ts';
import { bear, berthName, berthsOf } from './births.ts';
import { regionOf } from './mob-of.ts';
import { playerGone } from './player-gone.ts';
import { byId, NO_GRAVES } from './region.ts';
import { shown, shownNpc } from './show-mob.ts';
import { wakeAt } from './wake.ts';

/** A player is near and moves so. The first one brings the region to life: all but those whose graves are still shut. */
export const near: CombatSignal = async (context, payload, message) => {
  const place = regionOf(context);
  const characterId = message.from.characterId;
  if (place === undefined) return { refused: 'not_a_region' };
  const player = readPlayer(payload, characterId, context.now);
  if (player === undefined) return { refused: 'bad_signal' };
  const { map, region } = place;
  const { monsters } = context.sections;
  if (monsters !== undefined) {
    const { quietSince: _quietSince, ...awake } = monsters;
    const players = { ...monsters.players, [player.objectId]: player };
    return { state: { sections: { monsters: { ...awake, players } } } };
  }
  const graves = context.sections.graves ?? NO_GRAVES;
  const { now } = context;
  const due = berthsOf(map, region).filter((berth) => (graves.respawns[berthName(berth)] ?? 0) <= now);
  const { born, graves: left } = await bear(context, map, due, graves);
  const alive: MonstersSection = { mobs: byId(born), players: { [player.objectId]: player } };
  return {
    state: { sections: { monsters: alive, graves: left } },
    objects: [...inhabitantsOf(map, region).npcs.map(shownNpc), ...born.map((mob) => shown(map, mob, now))],
    timers: [wakeAt(alive, left, now)],
  };
};

/** A player is out of reach, or has left the world. */
export const gone: CombatSignal = (context, { objectId }) =>
  typeof objectId === 'number' ? playerGone(context, objectId) : { refused: 'bad_signal' };

function readPlayer(payload: JsonObject, characterId: string | null, now: number): NearPlayer | undefined {
  const { objectId, x, y, speed, start, alive, to } = payload;
  if (!areNumbers(objectId, x, y, speed, start) || typeof alive !== 'boolean') return undefined;
  if (to !== undefined && !isPoint(to)) return undefined;
  return { ...(payload as unknown as NearPlayer), characterId: characterId ?? '', heardAt: now };
}

function isPoint(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'x' in value &&
    'y' in value &&
    areNumbers(value.x, value.y)
  );
}
