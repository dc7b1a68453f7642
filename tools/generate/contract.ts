import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED } from '../docs/markdown.ts';
import type { GeneratedFile } from '../generate.ts';
import { checkExamples, event, manifest, result } from './contract/examples.ts';
import { contractTypes, fieldTable } from './contract/field-tables.ts';
import { fillPage } from './contract/fill-page.ts';
import { jsonSchemas } from './contract/json-schema.ts';

/** A family that lives among the tests, so that what the page shows compiles and passes. */
const EXAMPLE = join(import.meta.dirname, '../../test/support/greeter');

const page = (name: string): string => readFileSync(join(import.meta.dirname, 'contract', name), 'utf8');
const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** An example file as it would stand under `functions/`, which is one folder nearer to `shared/`. */
const exampleFile = (name: string): string =>
  fenced(
    'ts',
    `// functions/greeter/${name}\n${readFileSync(join(EXAMPLE, name), 'utf8').replaceAll(/(?<=')\.\.\/((?:\.\.\/)+shared\/)/g, '$1')}`,
  );

/** `docs/contract.md` and `docs/writing-a-family.md` from their hand-written pages, the doc comments of the types and the examples; JSON Schemas from the validators. */
export function generate(): GeneratedFile[] {
  checkExamples();
  const types = contractTypes();
  const examples: Readonly<Record<string, object>> = { event, result, manifest };
  const fill = (name: string): string =>
    fillPage(page(name), {
      fields: (names) =>
        names
          .split(',')
          .map((type) => fieldTable(types, type.trim()))
          .join('\n\n'),
      example: (which) => fenced('json', JSON.stringify(examples[which], null, 2)),
      file: exampleFile,
    });
  return [
    { path: 'docs/contract.md', text: `${GENERATED}\n\n${fill('contract.md')}` },
    { path: 'docs/writing-a-family.md', text: `${GENERATED}\n\n${fill('writing-a-family.md')}` },
    ...jsonSchemas().map(([name, schema]) => ({ path: `shared/contract/schema/${name}`, text: schema })),
  ];
}
