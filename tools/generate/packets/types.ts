import { schema } from '../../../shared/protocol/data/index.ts';
import {
  type FieldDefinition,
  isBits,
  type TypeDefinition,
  type UnionDefinition,
  type ValueField,
} from '../../../shared/protocol/schema.ts';
import { type HandlerLayout, handlerLayouts, handlerTypes } from './layouts.ts';

type Form = 'decoded' | 'input';

const types = handlerTypes();

function primitive(name: string, form: Form): string | undefined {
  if (/^[ui](8|16|32)$|^f(32|64)$|^char$/.test(name)) return 'number';
  if (name === 'u64' || name === 'i64') return form === 'decoded' ? 'string' : 'string | number';
  return name === 'str' || name.startsWith('fix:') ? 'Text' : undefined;
}

function typeOf(field: ValueField, form: Form): string {
  const definition = types[field.t];
  let text = primitive(field.t, form);
  if (text === undefined)
    text = definition?.kind === 'enum' ? 'number' : `${field.t}${form === 'input' ? 'Input' : ''}`;
  if (field.rep === undefined) return text;
  return text.includes('|') ? `readonly (${text})[]` : `readonly ${text}[]`;
}

function remark(field: ValueField): string {
  const parts: string[] = [];
  if (types[field.t]?.kind === 'enum') parts.push(field.t);
  if (field.t.startsWith('fix:')) parts.push(`${field.t.slice(4)} bytes`);
  if (field.rep !== undefined && 'count' in field.rep) parts.push(`${field.rep.count} elements`);
  return parts.length === 0 ? '' : `  /** ${parts.join(', ')} */\n`;
}

function fieldLines(
  fields: readonly FieldDefinition[],
  form: Form,
  sometimes: ReadonlySet<string>,
): string[] {
  return fields.flatMap((field) => {
    if (isBits(field))
      return field.parts.map((part) => `  /** ${bits(part.bits)} */\n  readonly ${part.n}: number;`);
    const optional = sometimes.has(field.n) || (form === 'input' && field.d !== undefined);
    return [`${remark(field)}  readonly ${field.n}${optional ? '?' : ''}: ${typeOf(field, form)};`];
  });
}

function bits(count: number): string {
  return count === 1 ? '1 bit' : `${count} bits`;
}

function shape(
  name: string,
  fields: readonly FieldDefinition[],
  form: Form,
  sometimes: ReadonlySet<string> = new Set(),
): string {
  const lines = fieldLines(fields, form, sometimes);
  if (lines.length === 0) return `export type ${name} = Readonly<Record<string, never>>;\n`;
  return `export interface ${name} {\n${lines.join('\n')}\n}\n`;
}

function unionText(name: string, union: UnionDefinition): string {
  const parts = union.views
    .flat()
    .map((part) => `  /** ${bits(part.bits)} */\n  readonly ${part.n}: number;`);
  const optional = union.default === undefined ? '' : '?';
  const views = union.views.map(
    (view) => `{ ${view.map((part) => `readonly ${part.n}${optional}: number`).join('; ')} }`,
  );
  const inputs = [`{ readonly ${union.member}: number }`, ...views];
  return [
    `export interface ${name} {\n  /** The whole integer. */\n  readonly ${union.member}: number;\n${parts.join('\n')}\n}\n`,
    `export type ${name}Input =\n${inputs.map((input) => `  | ${input}`).join('\n')};\n`,
  ].join('');
}

function constant(name: string, values: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key}: ${JSON.stringify(value)},`);
  return `export const ${name} = {\n${lines.join('\n')}\n} as const;\n`;
}

function typeText(name: string, definition: TypeDefinition): string {
  switch (definition.kind) {
    case 'enum':
      return `${constant(name, definition.values)}export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
    case 'union':
      return unionText(name, definition);
    case 'struct':
      return shape(name, definition.fields, 'decoded') + shape(`${name}Input`, definition.fields, 'input');
  }
}

/** `CLI_LOGIN_REQ` as `CliLoginReq`. */
function pascal(name: string): string {
  return name
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function packetText(layout: HandlerLayout): string {
  const { definition, fields, sometimes } = layout;
  const name = pascal(definition.name);
  const decoded = definition.dupOf === undefined ? shape(name, fields, 'decoded', sometimes) : '';
  return `// ${definition.name}\n${decoded}${shape(`${name}Input`, fields, 'input', sometimes)}`;
}

function mapText(name: string, about: string, layouts: readonly HandlerLayout[], suffix: string): string {
  const lines = layouts.map(
    ({ definition }) => `  readonly ${definition.name}: ${pascal(definition.name)}${suffix};`,
  );
  return `/** ${about} */\nexport interface ${name} {\n${lines.join('\n')}\n}\n`;
}

function constName(name: string): string {
  return name === 'limits' ? 'GameLimits' : name.charAt(0).toUpperCase() + name.slice(1);
}

/** The text of `shared/protocol/packets.generated.ts`. */
export function typesText(): string {
  const layouts = handlerLayouts();
  const decodable = layouts.filter(({ definition }) => definition.dupOf === undefined);
  const of = (dir: string): HandlerLayout[] => decodable.filter(({ definition }) => definition.dir === dir);
  const tables = Object.entries(schema.consts).filter(([, value]) => !Array.isArray(value));
  return [
    '// Generated by tools/generate/packets.ts from the schema: do not edit.\n',
    "import type { Text } from './compile/text.ts';\n",
    ...Object.entries(types).map(([name, definition]) => typeText(name, definition)),
    ...tables.map(([name, value]) => constant(constName(name), value as Record<string, unknown>)),
    ...layouts.map(packetText),
    mapText('ClientPackets', 'What clients send, after decoding.', of('c2s'), ''),
    mapText('ServerPackets', 'What clients are sent, after decoding.', of('s2c'), ''),
    mapText('IscPackets', 'What servers tell each other, after decoding.', of('isc'), ''),
    mapText(
      'PacketInputs',
      'What encoding takes: fields with a default may be left out, a union is given by its member or one view.',
      layouts,
      'Input',
    ),
  ].join('\n');
}
