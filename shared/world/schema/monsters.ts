import { z } from 'zod';
import { chance, coordinate, itemRef, name, positive, whole } from './common.ts';

const monster = z.strictObject({
  id: z.int().min(1).max(999),
  name,
  level: positive,
  hp: positive,
  attack: positive,
  defence: whole,
  hit: positive,
  dodge: whole,
  /** Per cent: at 100 one hit a second. */
  attackSpeed: z.int().min(10).max(400),
  /** Units a second. */
  walkSpeed: positive,
  runSpeed: positive,
  /** Units from which it hits. */
  range: positive,
  /** Units within which it attacks unasked; 0: never. */
  sight: whole,
  /** Units from its spawn after which it gives up. */
  leash: positive,
  experience: whole,
  /** Name of its drop table. */
  drops: z.string(),
});

const spawn = z.strictObject({
  map: positive,
  monster: positive,
  x: coordinate,
  y: coordinate,
  radius: positive,
  count: z.int().min(1).max(50),
  /** Seconds from death to the next. */
  respawn: positive,
});

const range = { chance, min: positive, max: positive };
const ordered = (r: { min: number; max: number }): boolean => r.min <= r.max;
const order = { error: 'min must not be above max' };
const dropTable = z.strictObject({
  zuly: z.strictObject(range).refine(ordered, order),
  /** Each is rolled for alone. */
  items: z.array(z.strictObject({ item: itemRef, ...range }).refine(ordered, order)),
});

export const monstersFile = z.strictObject({
  monsters: z.array(monster),
  spawns: z.array(spawn),
  drops: z.record(z.string(), dropTable),
});
export type MonsterData = z.infer<typeof monster>;
export type SpawnData = z.infer<typeof spawn>;
export type DropTable = z.infer<typeof dropTable>;
