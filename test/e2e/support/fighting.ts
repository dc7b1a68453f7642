import { type Reader, Writer } from './bytes.ts';
import { insist } from './insist.ts';
import type { LittleClient } from './little-client.ts';
import { C, S } from './packets.ts';
import type { Player } from './player.ts';
import { walk } from './walking.ts';

/** Packet numbers of fights and skills. */
export const F = {
  REVIVE: 0x534,
  REVIVED: 0x535,
  NPC: 0x556,
  MOB: 0x557,
  ATTACK: 0x55e,
  ATTACKED: 0x55f,
  DAMAGE: 0x561,
  SET_EXP: 0x564,
  LEVELUP: 0x565,
  HP_REQ: 0x566,
  HP: 0x567,
  HP_AND_MP: 0x568,
  DROP: 0x570,
  STAT_ADD: 0x575,
  STAT_ADDED: 0x576,
  HOTBAR: 0x577,
  HOTBAR_SET: 0x578,
  SKILL_LEVEL: 0x583,
  SKILL_LEVELLED: 0x584,
  CAST_SELF: 0x585,
  CASTS_SELF: 0x586,
  CAST_TARGET: 0x587,
  CASTS_TARGET: 0x588,
  CAST_POSITION: 0x589,
  CASTS_POSITION: 0x58a,
  SKILL_EFFECT: 0x58b,
  SKILL_DAMAGE: 0x58c,
  SPEED_CHANGED: 0x58e,
  SKILL_FINISH: 0x58f,
  SKILL_START: 0x592,
  SKILL_CANCEL: 0x595,
} as const;

export const DEAD = 0x10;
export const TOWN = 20;
export const FIELD = 22;

/** A monster as it appeared. */
export interface MobSeen {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly hp: number;
  readonly kind: number;
}

/** Goes from the town's start through the north gate to the field, where players may fight and monsters live. */
export async function toTheField(...players: readonly Player[]): Promise<void> {
  await Promise.all(players.map(throughTheGate));
}

async function throughTheGate(player: Player): Promise<void> {
  const { world } = player;
  // A gate that is asked from too far away ends the walk: be there first.
  await walk(player, 520_000, 525_300);
  world.send(C.TELEPORT, new Writer().i16(1).f32(0).f32(0).done());
  const reply = await world.take(S.TELEPORT);
  player.objectId = reply.u16();
  player.map = reply.u16();
  player.x = reply.f32();
  player.y = reply.f32();
  world.inbox.length = 0;
  world.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
  await world.take(S.CHANGE_MAP);
}

/**
 * A living monster so near, as soon as there is one. Whoever says that it has loaded the map is shown all again: where they are now, and those
 * that came back meanwhile.
 */
export async function mobWithin(player: Player, most: number): Promise<MobSeen> {
  const near = (reader: Reader) => {
    const { x, y, hp } = mobOf(reader);
    return hp > 0 && Math.hypot(x - player.x, y - player.y) <= most;
  };
  player.world.takeAll([F.MOB]);
  player.world.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
  await player.world.take(S.CHANGE_MAP);
  return mobOf(await player.world.take(F.MOB, near, 40_000));
}

/** The monsters that have appeared and not yet been taken, at least so many; those nearest to the player first. */
export async function mobs(player: Player, least: number): Promise<MobSeen[]> {
  const { world, x, y } = player;
  const found: MobSeen[] = [];
  while (found.length < least || world.count(F.MOB) > 0) found.push(mobOf(await world.take(F.MOB)));
  const far = (mob: MobSeen) => Math.hypot(mob.x - x, mob.y - y);
  return found.sort((a, b) => far(a) - far(b));
}

function mobOf(reader: Reader): MobSeen {
  const id = reader.u16();
  const x = reader.f32();
  const y = reader.f32();
  reader.skip(4 + 4 + 2 + 2 + 1);
  const hp = reader.i32();
  reader.skip(8);
  return { id, x, y, hp, kind: reader.u16() };
}

export interface DamageSeen {
  readonly attacker: number;
  readonly defender: number;
  readonly damage: number;
  readonly action: number;
}

/** The next SRV_DAMAGE that fits. */
export async function damage(
  client: LittleClient,
  fits: (seen: DamageSeen) => boolean,
  patience = 20_000,
): Promise<DamageSeen> {
  return damageOf(await client.take(F.DAMAGE, (reader) => fits(damageOf(reader)), patience));
}

function damageOf(reader: Reader): DamageSeen {
  return { attacker: reader.u16(), defender: reader.u16(), damage: reader.u32(), action: reader.u32() };
}

export function attack(player: Player, target: number): void {
  player.world.send(F.ATTACK, new Writer().u16(target).done());
}

/**
 * Attacks until somebody has killed the target, and returns the deadly blow. Who slips away too often, or too far, is given up by the rules: then
 * the attack begins anew.
 */
export async function slay(player: Player, target: number, patience = 60_000): Promise<DamageSeen> {
  const deadly = ({ defender, action }: DamageSeen) => defender === target && (action & DEAD) !== 0;
  return insist(damage(player.world, deadly, patience), () => attack(player, target));
}

/** Hp of an object, as the server answers. */
export async function hpOf(player: Player, id: number): Promise<number> {
  player.world.send(F.HP_REQ, new Writer().u16(id).done());
  const reply = await player.world.take(F.HP, (reader) => reader.u16() === id);
  return reply.skip(2).i32();
}
