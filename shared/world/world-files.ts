import type { z } from 'zod';
import { itemsFile } from './schema/items.ts';
import { mapsFile } from './schema/maps.ts';
import { monstersFile } from './schema/monsters.ts';
import { npcsFile } from './schema/npcs.ts';
import { recipesFile } from './schema/recipes.ts';
import { skillsFile } from './schema/skills.ts';
import { starterFile } from './schema/starter.ts';

/** The files of the world, with the schema of each. */
export const WORLD_SCHEMAS = {
  maps: mapsFile,
  items: itemsFile,
  skills: skillsFile,
  monsters: monstersFile,
  npcs: npcsFile,
  recipes: recipesFile,
  starter: starterFile,
} as const;

export type WorldFileName = keyof typeof WORLD_SCHEMAS;
/** The files as they were read, not yet believed. */
export type RawWorldFiles = Readonly<Record<WorldFileName, unknown>>;
/** The files after their schema. */
export type WorldFiles = { readonly [F in WorldFileName]: z.infer<(typeof WORLD_SCHEMAS)[F]> };
