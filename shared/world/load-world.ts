import type { z } from 'zod';
import { badWorldData } from './bad-world-data.ts';
import { checkReferences } from './check-references.ts';
import { itemsFile } from './schema/items.ts';
import { mapsFile } from './schema/maps.ts';
import { monstersFile } from './schema/monsters.ts';
import { npcsFile } from './schema/npcs.ts';
import { recipesFile } from './schema/recipes.ts';
import { skillsFile } from './schema/skills.ts';
import { starterFile } from './schema/starter.ts';

const SCHEMAS = {
  maps: mapsFile,
  items: itemsFile,
  skills: skillsFile,
  monsters: monstersFile,
  npcs: npcsFile,
  recipes: recipesFile,
  starter: starterFile,
} as const;

export type WorldFileName = keyof typeof SCHEMAS;
/** The files as they were read, not yet believed. */
export type RawWorldFiles = Readonly<Record<WorldFileName, unknown>>;
/** The files after their schema. */
export type WorldFiles = { readonly [F in WorldFileName]: z.infer<(typeof SCHEMAS)[F]> };

/**
 * Checks world data: each file by its schema, then what the files say of each other.
 * Throws EdgeError `bad_world_data` that names the file and the field.
 */
export function loadWorldFiles(raw: RawWorldFiles): WorldFiles {
  const files: WorldFiles = {
    maps: parse('maps', raw),
    items: parse('items', raw),
    skills: parse('skills', raw),
    monsters: parse('monsters', raw),
    npcs: parse('npcs', raw),
    recipes: parse('recipes', raw),
    starter: parse('starter', raw),
  };
  checkReferences(files);
  return files;
}

function parse<F extends WorldFileName>(file: F, raw: RawWorldFiles): WorldFiles[F] {
  const parsed = SCHEMAS[file].safeParse(raw[file]);
  if (parsed.success) return parsed.data as WorldFiles[F];
  const issue = parsed.error.issues[0];
  throw badWorldData(file, fieldName(issue?.path ?? []), issue?.message ?? 'not valid');
}

function fieldName(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${String(step)}`;
  return text === '' ? 'the file' : text;
}
