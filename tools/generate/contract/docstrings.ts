/** One field of a contract type, as its source says it. */
export interface DocumentedField {
  readonly name: string;
  readonly optional: boolean;
  /** TypeScript text of its type. */
  readonly type: string;
  readonly meaning: string;
}

export interface DocumentedType {
  readonly name: string;
  readonly meaning: string;
  /** Interfaces whose fields it has too. */
  readonly parents: readonly string[];
  readonly fields: readonly DocumentedField[];
}

const INTERFACE =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(?:export )?interface (\w+)(?: extends ([\w, ]+))? \{\n([\s\S]*?)\n\}/g;
const FIELD =
  /(?: {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)? {2}readonly (\w+)(\??): ([\s\S]*?);(?=\n {2}(?:readonly|\/\*\*)|\s*$)/g;

/** A doc comment in one line. */
const text = (comment = ''): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .filter((line) => line !== '')
    .join(' ')
    .trim();

/** TypeScript's words in those of JSON. */
const jsonType = (source: string): string =>
  source
    .replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
    .replaceAll('readonly ', '')
    .replaceAll(/Readonly<(Record<.*?>)>/g, '$1')
    .replaceAll('typeof CONTRACT_VERSION', '1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('{ ', '{')
    .replaceAll(/;? \}/g, '}')
    .trim();

/**
 * Reads the interfaces of a source file of `shared/contract` with their doc comments. The files are ours and formatted by biome, so that
 * patterns suffice.
 */
export function documentedTypes(source: string): DocumentedType[] {
  return [...source.matchAll(INTERFACE)].map(([, comment, name = '', parents = '', body = '']) => ({
    name,
    meaning: text(comment),
    parents: parents
      .split(',')
      .map((parent) => parent.trim())
      .filter((parent) => parent !== ''),
    fields: [...body.matchAll(FIELD)].map(([, said, field = '', mark, type = '']) => ({
      name: field,
      optional: mark === '?',
      type: jsonType(type),
      meaning: text(said),
    })),
  }));
}
