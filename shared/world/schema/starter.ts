import { z } from 'zod';
import { itemRef, whole } from './common.ts';

const kit = z.strictObject({
  race: z.int().min(0).max(1),
  /** By slot number, 1 to 11. */
  worn: z.record(z.string().regex(/^([1-9]|1[01])$/, { error: 'expected a worn slot, 1 to 11' }), itemRef),
  bag: z.array(z.strictObject({ item: itemRef, count: z.int().min(1).max(999) })).max(120),
});

export const starterFile = z.strictObject({
  zuly: whole,
  /** Ids of skills that every new character knows. */
  skills: z.array(z.int().min(1)).max(120),
  races: z.array(kit),
});
export type StarterKit = z.infer<typeof kit>;
