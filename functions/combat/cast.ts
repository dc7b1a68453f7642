import type { NamedPacket } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { SkillCancelResult } from '../../shared/protocol/packets.generated.ts';
import type { Cast, EffectsSection, FightSection, VitalsSection } from '../../shared/sections/index.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import type { SkillData } from '../../shared/world/schema/skills.ts';
import { world } from '../../shared/world/world.ts';
import { type Acting, hindrance } from './acting.ts';
import { TIMERS } from './names.ts';
import { nearby, vitalsNearby } from './nearby.ts';
import type { CombatContext, CombatResult } from './sections.ts';
import { changed, regenerationTimer } from './vitals.ts';

/** The skill, if the character knows it and can cast it now; or what speaks against it. */
export function castable(
  acting: Acting,
  skillId: number,
  now: number,
): { readonly skill: SkillData } | { readonly refused: string } {
  const { character, effects, fight, vitals } = acting;
  const skill = world.skills.get(skillId);
  if (skill === undefined || !character.skills.includes(skillId)) return { refused: 'unknown_skill' };
  const hindered = hindrance(acting);
  if (hindered !== undefined) return { refused: hindered };
  if (fight.cast?.begun === true) return { refused: 'casting' };
  if (character.level < skill.level) return { refused: 'level' };
  if (vitals.mp < skill.mp) return { refused: 'no_mp' };
  return (effects.ready[skillId] ?? 0) > now ? { refused: 'cooldown' } : { skill };
}

/** The skill in one of the client's slots, if it is cast that way and can be cast now. */
export function castableInSlot(
  acting: Acting,
  slot: number,
  how: SkillData['cast'],
  now: number,
): { readonly skill: SkillData } | { readonly refused: string } {
  const skillId = acting.character.skills[slot] ?? 0;
  const found = castable(acting, skillId, now);
  return 'skill' in found && found.skill.cast !== how ? { refused: 'unknown_skill' } : found;
}

/** The cast begins: mp are spent, the skill rests, and everyone nearby sees it. */
export function begin(context: CombatContext, acting: Acting, skill: SkillData, meant: Cast): CombatResult {
  const { now } = context;
  const { at, character, presence, objectId } = acting;
  const vitals = engaged(changed(acting.vitals, character, { mp: -skill.mp }), skill, now);
  const fight: FightSection = { ...acting.fight, cast: { ...meant, from: at, begun: true } };
  const still = Object.entries(acting.effects.ready).filter(([, until]) => until > now);
  const ready = { ...Object.fromEntries(still), [skill.id]: now + Math.max(skill.cooldown, skill.castTime) };
  const effects: EffectsSection = { ...acting.effects, ready };
  const started = packet('SRV_SKILL_START', { target: objectId });
  return {
    state: { sections: { vitals, fight, effects } },
    deliveries: [nearby(presence, castPacket(acting, skill, meant), started), vitalsNearby(presence, vitals)],
    timers: [{ name: TIMERS.cast, at: now + skill.castTime }, regenerationTimer(vitals, character)],
  };
}

/** Whoever casts what hurts is in combat, whether or not it meets anybody. */
export function engaged(vitals: VitalsSection, { power }: SkillData, now: number): VitalsSection {
  return power === undefined ? vitals : { ...vitals, combatAt: now };
}

export function withoutCast({ cast: _cast, ...rest }: FightSection): FightSection {
  return rest;
}

function castPacket(
  { objectId, at }: Acting,
  { id, cast }: SkillData,
  { targetId, x, y }: Cast,
): NamedPacket {
  if (cast === 'self') return packet('SRV_SKILL_CAST_SELF', { target: objectId, id });
  if (cast === 'position') return packet('SRV_SKILL_CAST_POSITION', { source: objectId, id, x, y });
  const far = Math.min(0xffff, Math.round(distance(at, { x, y })));
  return packet('SRV_SKILL_CAST_TARGET', { source: objectId, target: targetId, id, distance: far, x, y });
}

/** The caster, and whoever has seen the cast begin, are told that nothing comes of it. */
export function cancelled(
  { fight, presence, objectId: target }: Acting,
  result: SkillCancelResult,
): CombatResult {
  const { cast } = fight;
  const told = packet('SRV_SKILL_CANCEL', { target, result });
  const state = cast === undefined ? {} : { state: { sections: { fight: withoutCast(fight) } } };
  return cast?.begun === true
    ? { ...state, deliveries: [nearby(presence, told)], timers: [{ name: TIMERS.cast, cancel: true }] }
    : { ...state, replies: [told] };
}

/** The refusal of a packet that would cast: only the caster is told, and a cast that is on its way goes on. */
export function notCast(
  { objectId: target }: Acting,
  result: SkillCancelResult,
  refused: string,
): CombatResult {
  return { replies: [packet('SRV_SKILL_CANCEL', { target, result })], refused };
}
