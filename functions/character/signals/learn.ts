import { packet } from '../../../shared/kit/index.ts';
import { SkillLevelResult } from '../../../shared/protocol/packets.generated.ts';
import type { CharacterSection } from '../../../shared/sections/index.ts';
import { world } from '../../../shared/world/world.ts';
import type { CharacterSignal } from '../sections.ts';

/** Slots of the client's list of skills. */
const SLOTS = 120;
const I16 = 0x7fff;

type Learned =
  | { readonly character: CharacterSection }
  | { readonly code: SkillLevelResult; readonly refused: string };

/** A skill is to be learned into a slot, `{slot, skill}`, for skill points. Each is learned once, and a slot holds one. */
export const learn: CharacterSignal = (context, { slot, skill }) => {
  const { character } = context.sections;
  if (character === undefined || typeof slot !== 'number' || typeof skill !== 'number')
    return { refused: 'not_in_world' };
  const learned = learnInto(character, slot, skill);
  const after = 'character' in learned ? learned.character : character;
  const reply = packet('SRV_SKILL_LEVEL_REPLY', {
    result: 'character' in learned ? SkillLevelResult.SUCCEEDED : learned.code,
    slot,
    id: skill,
    points: Math.min(I16, after.skillPoints),
  });
  if (!('character' in learned)) return { replies: [reply], refused: learned.refused };
  return { state: { sections: { character: after } }, replies: [reply] };
};

function learnInto(character: CharacterSection, slot: number, id: number): Learned {
  const { skills, skillPoints, level } = character;
  const skill = world.skills.get(id);
  const refuse = (code: SkillLevelResult, refused: string) => ({ code, refused });
  if (skill === undefined) return refuse(SkillLevelResult.FAILED, 'unknown_skill');
  if (slot >= SLOTS || (skills[slot] ?? 0) !== 0) return refuse(SkillLevelResult.FAILED, 'bad_slot');
  if (skills.includes(id)) return refuse(SkillLevelResult.FAILED, 'known_skill');
  if (level < skill.level) return refuse(SkillLevelResult.NEED_STAT, 'level');
  if (skillPoints < skill.points) return refuse(SkillLevelResult.NO_POINTS, 'no_points');
  const filled = Array.from({ length: Math.max(skills.length, slot + 1) }, (_, n) => skills[n] ?? 0);
  filled[slot] = id;
  return { character: { ...character, skills: filled, skillPoints: skillPoints - skill.points } };
}
