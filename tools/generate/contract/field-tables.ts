import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../docs/markdown.ts';
import { type DocumentedType, documentedTypes } from './docstrings.ts';

const SOURCES = ['event', 'state', 'result', 'packet', 'manifest'];

/** All contract types by name, from their doc comments. Fails for a field that nobody has explained. */
export function contractTypes(): ReadonlyMap<string, DocumentedType> {
  const folder = join(import.meta.dirname, '../../../shared/contract');
  const types = SOURCES.flatMap((name) => documentedTypes(readFileSync(join(folder, `${name}.ts`), 'utf8')));
  for (const type of types) {
    if (type.meaning === '') throw new Error(`shared/contract: ${type.name} has no doc comment`);
    for (const field of type.fields) {
      if (field.meaning === '')
        throw new Error(`shared/contract: ${type.name}.${field.name} has no doc comment`);
    }
  }
  return new Map(types.map((type) => [type.name, type]));
}

/** A heading, what the type is, and a table of its fields. */
export function fieldTable(types: ReadonlyMap<string, DocumentedType>, name: string): string {
  const type = types.get(name);
  if (type === undefined) throw new Error(`docs/contract.md: no type ${name}`);
  const inherited = type.parents.flatMap((parent) => types.get(parent)?.fields ?? []);
  const rows = [...inherited, ...type.fields].map((field) => [
    `\`${field.name}\``,
    `\`${field.type}\``,
    field.optional ? 'no' : 'yes',
    field.meaning,
  ]);
  return `### ${name}\n\n${type.meaning}\n\n${table(['field', 'type', 'required', 'meaning'], rows)}`;
}
