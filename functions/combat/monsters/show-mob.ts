import type { Delivery, NamedPacket, ObjectChange, Place } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { Mob } from '../../../shared/sections/index.ts';
import { cellAt } from '../../../shared/world/geometry/grid.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { arrivalOf } from '../../../shared/world/geometry/walk.ts';
import { COMMAND, MOVE_MODE } from '../../../shared/world/move-modes.ts';
import { vanishPacket } from '../../../shared/world/presence-packet.ts';
import type { NpcData } from '../../../shared/world/schema/npcs.ts';
import { statusFlags } from '../../../shared/world/status-flags.ts';
import { cellTopic } from '../../../shared/world/topics.ts';
import { hereIs, walkOf } from './here.ts';

/** What a monster that attacks is doing, as presence packets show it. */
const ATTACKING = 2;
/** The client's numbers of gaits in SRV_MOVE. */
const STEP = { walk: 0, run: 1 } as const;

const keyOf = (map: number, objectId: number): string => `${map}/${objectId}`;

/** The topic in which a monster is seen: that of the cell that it is in, or goes to. */
export function mobTopic(map: number, mob: Mob, now: number): string {
  return cellTopic(map, cellAt(mob.to ?? hereIs(mob, now)));
}

/** The change by which a monster is shown as it is now. */
export function shown(map: number, mob: Mob, now: number): ObjectChange {
  const object = keyOf(map, mob.objectId);
  const walk = walkOf(mob);
  const moving = walk !== undefined && arrivalOf(walk) > now ? walk : undefined;
  const place: Place = {
    topic: mobTopic(map, mob, now),
    object,
    appear: mobPacket(mob, now),
    vanish: vanishPacket(mob.objectId),
    ...(moving === undefined ? {} : { motion: { ...moving, fields: { x: 'x', y: 'y' } } }),
    at: hereIs(mob, now),
  };
  return { object, place };
}

/** The change by which it is shown no more. */
export function hidden(map: number, objectId: number): ObjectChange {
  return { object: keyOf(map, objectId), place: null };
}

function mobPacket(mob: Mob, now: number): NamedPacket {
  const at = hereIs(mob, now);
  const to = mob.to ?? at;
  return packet('SRV_MOB_CHAR', {
    id: mob.objectId,
    x: at.x,
    y: at.y,
    destX: to.x,
    destY: to.y,
    command: commandOf(mob),
    targetId: mob.target,
    moveMode: mob.mode === 'idle' ? MOVE_MODE.walk : MOVE_MODE.run,
    hp: mob.hp,
    statusFlag: statusFlags(mob.effects),
    npcId: mob.kind,
  });
}

function commandOf({ mode, to }: Mob): number {
  if (mode === 'dead') return COMMAND.die;
  if (to !== undefined) return COMMAND.move;
  return mode === 'chase' ? ATTACKING : COMMAND.stop;
}

/** To everyone who sees the monster. */
export function nearMob(map: number, mob: Mob, now: number, ...packets: readonly NamedPacket[]): Delivery {
  return { to: mobTopic(map, mob, now), packets, about: keyOf(map, mob.objectId) };
}

/** What those who see it are told when it sets out. A newer one makes the older one worthless. */
export function moveNear(map: number, mob: Mob, now: number): Delivery {
  const at = hereIs(mob, now);
  const to = mob.to ?? at;
  const move = packet('SRV_MOVE', {
    id: mob.objectId,
    target_id: mob.target,
    distance: Math.min(0xffff, Math.round(distance(at, to))),
    x: to.x,
    y: to.y,
    move_mode: mob.mode === 'idle' ? STEP.walk : STEP.run,
  });
  return { ...nearMob(map, mob, now, move), replace: `motion/${mob.objectId}` };
}

/** A figure that stands at its place for ever. */
export function shownNpc(npc: NpcData): ObjectChange {
  const { map, objectId, x, y, id, angle } = npc;
  const object = keyOf(map, objectId);
  const appear = packet('SRV_NPC_CHAR', {
    id: objectId,
    x,
    y,
    destX: x,
    destY: y,
    moveMode: MOVE_MODE.walk,
    hp: 1,
    npcId: id,
    angle,
  });
  const topic = cellTopic(map, cellAt(npc));
  return { object, place: { topic, object, appear, vanish: vanishPacket(objectId), at: { x, y } } };
}
