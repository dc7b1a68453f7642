import { z } from 'zod';
import { name, positive, whole } from './common.ts';

const effect = z.strictObject({
  status: z.enum(['slow', 'stun', 'poison', 'defence', 'speed']),
  /** Per cent; for poison hp a second. */
  amount: positive,
  /** Milliseconds. */
  duration: positive,
});

const skill = z.strictObject({
  /** Some packets carry it in a signed byte. */
  id: z.int().min(1).max(127),
  name,
  cast: z.enum(['self', 'target', 'position']),
  /** Level required. */
  level: positive,
  /** Skill points that learning or raising it costs. */
  points: positive,
  mp: whole,
  /** Milliseconds from the start of the cast to its effect. */
  castTime: whole,
  /** Milliseconds from one cast to the next. */
  cooldown: whole,
  /** Units. */
  range: whole,
  /** Units around the place or the caster; absent: one target. */
  radius: positive.optional(),
  /** Damage in per cent of an ordinary hit; absent: none. */
  power: positive.optional(),
  /** Hp given back; absent: none. */
  heal: positive.optional(),
  effect: effect.optional(),
});

export const skillsFile = z.strictObject({ skills: z.array(skill) });
export type SkillData = z.infer<typeof skill>;
