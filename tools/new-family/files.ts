import type { FamilyNames } from './names.ts';

const hex = (number: number): string => `0x${number.toString(16)}`;

const familyFile = ({
  name,
  camel,
  upper,
  pascal,
}: FamilyNames): string => `import { defineFamily } from '../../shared/kit/index.ts';
import { hello } from './handlers/hello.ts';
import { definitions } from './packets.ts';
import type { ${pascal}Sections, ${pascal}Services } from './sections.ts';

/** Says hello to whoever says hello. */
export const family = defineFamily<${pascal}Sections, ${pascal}Services>({
  name: '${name}',
  packets: {},
  custom: { CLI_${upper}_HELLO: { stages: ['world'], handle: hello } },
  schemas: definitions,
  state: { owns: { ${camel}: { class: 'volatile', version: 1 } }, reads: ['character'] },
  services: () => ({}),
});
`;

const lambdaFile = ({
  name,
}: FamilyNames): string => `import { lambdaEntry } from '../../shared/kit/index.ts';
import { family } from './family.ts';

/** The ${name} family as a Lambda function. */
export const handler = lambdaEntry(family);
`;

const sectionsFile = ({
  camel,
  pascal,
}: FamilyNames): string => `import type { CustomHandler } from '../../shared/kit/index.ts';

/** The family's own section, and the one of others that it reads. */
export type ${pascal}Sections = 'character' | { readonly ${camel}: { readonly greetings: number } };

/** What its handlers ask of services: nothing yet. */
export type ${pascal}Services = Readonly<Record<string, never>>;

export type ${pascal}Packet = CustomHandler<${pascal}Sections, ${pascal}Services>;
`;

const packetsFile = (
  { upper }: FamilyNames,
  number: number,
): string => `/** Packets that the protocol does not have: the ingress learns them from the manifest. docs/packets.md has the vocabulary. */
export const definitions = [
  { name: 'CLI_${upper}_HELLO', id: ${hex(number)}, dir: 'c2s', fields: [{ n: 'message', t: 'str' }] },
  {
    name: 'SRV_${upper}_HELLO',
    id: ${hex(number)},
    dir: 's2c',
    fields: [
      { n: 'greetings', t: 'u16' },
      { n: 'message', t: 'str' },
    ],
  },
];
`;

const handlerFile = ({
  camel,
  upper,
  pascal,
}: FamilyNames): string => `import { customPacket } from '../../../shared/kit/index.ts';
import type { ${pascal}Packet } from '../sections.ts';

/** Answers with the player's name, and how often it was said in this connection. */
export const hello: ${pascal}Packet = (context, { message }) => {
  if (message === '') return { refused: 'empty_text' };
  const greetings = (context.sections.${camel}?.greetings ?? 0) + 1;
  const player = context.sections.character?.name ?? 'stranger';
  return {
    state: { sections: { ${camel}: { greetings } } },
    replies: [customPacket('SRV_${upper}_HELLO', { greetings, message: \`Hello, \${player}!\` })],
  };
};
`;

const testFile = ({
  name,
  camel,
  upper,
}: FamilyNames): string => `import { describe, expect, it } from 'vitest';
import { aCustomPacket, testFamily } from '../../../shared/kit/testing/index.ts';
import { sampleCharacter } from '../../../shared/world/testing/sample-character.ts';
import { family } from '../family.ts';
import { handler } from '../lambda.ts';

const player = () =>
  testFamily(family, { services: {}, characterId: 'c1', sections: { character: sampleCharacter() } });
const hello = (message: string) => aCustomPacket('CLI_${upper}_HELLO', { message });

describe('${name}: hello', () => {
  it('is answered by name, and counted', async () => {
    const anna = player();
    const first = await anna.turn(hello('hi'));
    expect(first.replies).toEqual([
      { name: 'SRV_${upper}_HELLO', payload: { greetings: 1, message: \`Hello, \${sampleCharacter().name}!\` } },
    ]);
    await anna.turn(hello('hi again'));
    expect(anna.sections.${camel}).toEqual({ greetings: 2 });
  });

  it('needs a text', async () => {
    const result = await player().turn(hello(''));
    expect(result.refused).toBe('empty_text');
    expect(result.replies).toEqual([]);
  });
});

it('the Lambda function describes itself', async () => {
  expect(await handler({ describe: true }, { awsRequestId: 'request-1' })).toEqual(family.manifest);
});
`;

/** The files of a new family, by their path in its folder. */
export function familyFiles(names: FamilyNames, packetNumber: number): Readonly<Record<string, string>> {
  return {
    'family.ts': familyFile(names),
    'lambda.ts': lambdaFile(names),
    'sections.ts': sectionsFile(names),
    'packets.ts': packetsFile(names, packetNumber),
    'handlers/hello.ts': handlerFile(names),
    'handlers/hello.test.ts': testFile(names),
  };
}
