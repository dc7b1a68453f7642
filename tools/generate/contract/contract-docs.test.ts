import { describe, expect, it } from 'vitest';
import { documentedTypes } from './docstrings.ts';
import { contractTypes, fieldTable } from './field-tables.ts';
import { formatted, jsonSchemas } from './json-schema.ts';

const source = `
interface Base {
  readonly id: string;
}

/**
 * Two lines
 * of meaning.
 */
export interface Thing extends Base {
  /** Has a | in it. */
  readonly kind: 'a' | 'b';
  readonly inner?: {
    /** Inside. */
    readonly list: readonly number[];
  };
  /** The last. */
  readonly map: Readonly<Record<string, Base>>;
}
`;

interface ResultSchema {
  readonly properties: { readonly turns?: { readonly items: { readonly properties: object } } };
}
const turnProperties = (schema: ResultSchema | undefined) => schema?.properties.turns?.items.properties;

describe('documentedTypes', () => {
  it('reads interfaces with their comments', () => {
    expect(documentedTypes(source)).toEqual([
      {
        name: 'Base',
        meaning: '',
        parents: [],
        fields: [{ name: 'id', optional: false, type: 'string', meaning: '' }],
      },
      {
        name: 'Thing',
        meaning: 'Two lines of meaning.',
        parents: ['Base'],
        fields: [
          { name: 'kind', optional: false, type: "'a' | 'b'", meaning: 'Has a | in it.' },
          { name: 'inner', optional: true, type: '{list: number[]}', meaning: '' },
          { name: 'map', optional: false, type: 'Record<string, Base>', meaning: 'The last.' },
        ],
      },
    ]);
  });
});

describe('the tables', () => {
  it('show inherited fields and say which are required', () => {
    const types = new Map(documentedTypes(source).map((type) => [type.name, type]));
    const text = fieldTable(types, 'Thing');
    expect(text).toContain('| `id` | `string` | yes |');
    expect(text).toContain("| `kind` | `'a' \\| 'b'` | yes | Has a \\| in it. |");
    expect(text).toContain('| `inner` | `{list: number[]}` | no |');
    expect(() => fieldTable(types, 'Nothing')).toThrow('no type Nothing');
  });

  it('explain every field of the contract that the schemas know', () => {
    const types = contractTypes();
    const [event, result, manifest] = jsonSchemas().map(
      ([, text]) => JSON.parse(text) as { properties: object },
    );
    const fieldsOf = (name: string) =>
      types
        .get(name)
        ?.fields.map((field) => field.name)
        .sort();
    const keysOf = (schema: object | undefined) => Object.keys(schema ?? {}).sort();
    expect(fieldsOf('TurnEvent')).toEqual(keysOf(event?.properties));
    expect(fieldsOf('Manifest')).toEqual(keysOf(manifest?.properties));
    expect(result?.properties).toHaveProperty('turns.items.properties');
    expect(fieldsOf('TurnResult')).toEqual(keysOf(turnProperties(result)));
  });
});

describe('formatted', () => {
  it('is JSON, with short lists on one line', () => {
    const value = {
      a: [1, 'two'],
      b: [],
      c: {},
      d: [{ e: null }],
      f: Array.from({ length: 40 }, (_, i) => i * 100),
    };
    const text = formatted(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain('"a": [1, "two"],\n');
    expect(text.split('\n').every((line) => line.length <= 110)).toBe(true);
  });
});
