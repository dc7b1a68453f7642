import { badWorldData } from './bad-world-data.ts';
import { checkReferences } from './check-references.ts';
import { type RawWorldFiles, WORLD_SCHEMAS, type WorldFileName, type WorldFiles } from './world-files.ts';

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
  const parsed = WORLD_SCHEMAS[file].safeParse(raw[file]);
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
