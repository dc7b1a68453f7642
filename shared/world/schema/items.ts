import { z } from 'zod';
import { name, positive, stat, whole } from './common.ts';

const base = {
  /** 10 bits on the wire. */
  id: z.int().min(1).max(1023),
  name,
  /** Zuly; 0: not for sale. */
  price: whole,
  /** Level required to wear or use it. */
  level: z.int().min(1).max(210),
};
const defence = whole;
const bonus = z.strictObject({ stat, amount: positive });
const ammunition = z.enum(['arrow', 'bullet', 'shell']);

const item = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('goggles'), ...base, defence }),
  z.strictObject({ type: z.literal('helmet'), ...base, defence }),
  z.strictObject({ type: z.literal('armor'), ...base, defence }),
  z.strictObject({ type: z.literal('gauntlet'), ...base, defence }),
  /** `speed` adds to the run speed, see formulas. */
  z.strictObject({ type: z.literal('boots'), ...base, defence, speed: whole }),
  z.strictObject({ type: z.literal('backpack'), ...base, defence, capacity: whole }),
  z.strictObject({ type: z.literal('jewel'), ...base, part: z.enum(['ring', 'necklace', 'earring']), bonus }),
  z.strictObject({
    type: z.literal('weapon'),
    ...base,
    /** Two-handed weapons leave no hand for a shield. */
    hands: z.union([z.literal(1), z.literal(2)]),
    attack: positive,
    /** Per cent: at 100 one hit a second. */
    attackSpeed: z.int().min(10).max(400),
    /** Units. */
    range: positive,
    /** What it shoots; absent: nothing. */
    ammunition: ammunition.optional(),
  }),
  z.strictObject({ type: z.literal('shield'), ...base, defence }),
  z.strictObject({
    type: z.literal('consumable'),
    ...base,
    restores: z.enum(['hp', 'mp']),
    amount: positive,
    /** Milliseconds until the next of its kind. */
    cooldown: whole,
  }),
  z.strictObject({ type: z.literal('gem'), ...base, bonus }),
  z.strictObject({
    type: z.literal('material'),
    ...base,
    ammunition: ammunition.optional(),
    /** Life that it gives back to a thing that it is used on; absent: it repairs nothing. */
    repairs: positive.optional(),
  }),
  z.strictObject({ type: z.literal('quest'), ...base }),
  z.strictObject({
    type: z.literal('mount'),
    ...base,
    part: z.enum(['body', 'engine', 'leg', 'ability', 'arm']),
    /** Units a second that the part adds. */
    speed: whole,
  }),
]);

export const itemsFile = z.strictObject({ items: z.array(item) });
export type ItemData = z.infer<typeof item>;
