import { families, schema } from '../../../shared/protocol/data/index.ts';
import type { PacketDefinition, TypeDefinition } from '../../../shared/protocol/schema.ts';
import { fieldsText } from './field-text.ts';
import { type HandlerLayout, handlerLayouts, handlerTypes } from './layouts.ts';
import { familyOfPacket } from './list.ts';
import { retailSection } from './retail-section.ts';

/** Says of a client packet which family's manifest claims it, or why nobody's does. */
export type HandledBy = (packet: string) => string | undefined;

function hex(id: number | null | undefined): string {
  return id === null || id === undefined ? '-' : `0x${id.toString(16)}`;
}

function typeRow(name: string, type: TypeDefinition): string {
  switch (type.kind) {
    case 'enum':
      return `| ${name} | enum, ${type.base} | ${Object.entries(type.values)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')} |`;
    case 'struct':
      return `| ${name} | struct | ${fieldsText(type.fields)} |`;
    case 'union': {
      const views = type.views.map(
        (view) => `{ ${view.map((part) => `${part.n} ${part.off}:${part.bits}`).join(', ')} }`,
      );
      return `| ${name} | union, ${type.store} | \`${type.member}\` or ${views.map((view) => `\`${view}\``).join(' or ')} |`;
    }
  }
}

const directions = { c2s: 'client', s2c: 'server', isc: 'between servers' } as const;

function packetRow(layout: HandlerLayout, handledBy: HandledBy): string {
  const packet = layout.definition;
  const notes = [
    packet.dupOf === undefined ? '' : `same number as ${packet.dupOf}, encoded by name only`,
    ...layout.shorter.map(
      ({ below, fields }) => `in a payload of fewer than ${below} bytes: ${fieldsText(fields)}`,
    ),
  ].filter((note) => note !== '');
  const handler = ` ${packet.dir === 'c2s' ? (handledBy(packet.name) ?? 'nobody') : ''} |`;
  const fields = fieldsText(layout.fields) + (notes.length === 0 ? '' : ` (${notes.join('; ')})`);
  return `| ${packet.name} | ${directions[packet.dir]} | ${hex(packet.id)} | ${hex(packet.id2021)} | ${hex(packet.idRetail)} |${handler} ${fields} |`;
}

function familySection(family: string, layouts: readonly HandlerLayout[], handledBy: HandledBy): string {
  return `### ${family}

| packet | sent by | head | 2021 | retail | handled by | fields |
|---|---|---|---|---|---|---|
${layouts.map((layout) => packetRow(layout, handledBy)).join('\n')}
`;
}

function orphan(packet: PacketDefinition): boolean {
  return packet.id === null;
}

/** The text of `docs/packets.md`; `handledBy` says who handles a client packet, or why nobody does. */
export function pageText(handledBy: HandledBy): string {
  const family = familyOfPacket();
  const layouts = handlerLayouts();
  const sections = Object.keys(families).map((name) =>
    familySection(
      name,
      layouts.filter(({ definition }) => family.get(definition.name) === name),
      handledBy,
    ),
  );
  const orphans = schema.packets.filter(orphan).map((packet) => packet.name);
  const missing = Object.entries(schema.unimplemented).map(([name, id]) => `${name} ${hex(id)}`);
  return `# Packets

Generated from the schema by \`npm run generate\`; do not edit.

Everything is little-endian, nothing is aligned. A frame is \`size u16, type u16, crc u16\` and the payload; size counts the whole frame, at most
${schema.limits.maxFrame} bytes. Layouts are those of profile \`head\` as the ingress reads them; profile \`2021\` differs in numbers, profile \`retail\` also in some
layouts and codes ([below](#profile-retail)). The same number may mean another packet in the other direction.

## The vocabulary

This is also how a manifest describes packets of its own (\`schemas\`): \`{ name, id, dir, fields, types }\` with \`fields\` a list of
\`{ n: name, t: type, rep: repetition, d: default }\`. \`id2021\` and \`idRetail\` are the numbers in the other profiles: absent means the same, null that the packet does not exist there.

- \`u8 i8 u16 i16 u32 i32\`: numbers. \`u64 i64\`: decimal strings. \`f32 f64\`: finite numbers. \`char\`: one byte, as a number.
- \`str\`: bytes up to a zero byte; a string, or \`{"$hex": "..."}\` where the bytes are not UTF-8. \`fix:N\`: exactly N bytes, in the same way.
- \`rep\`: \`{"count": n}\` exactly n elements, \`{"prefix": "u8"}\` or \`"u16"\` a count and then the elements, \`{"rest": true}\` elements to the end of the frame.
- \`{ t: "bits", size, parts: [{ n, off, bits }] }\`: an unnamed group of bits, the lowest first, of 8 to 32 bits.
- \`d\`: the value where none is given when encoding, \`"zero"\` for all bytes zero. A field without default must be given.
- A union is one integer: decoded to the integer and all parts, encoded from the integer or from the parts of one view.

## Packets by family

${sections.join('\n')}
${retailSection()}
## Types

| type | kind | content |
|---|---|---|
${Object.entries(handlerTypes())
  .map(([name, type]) => typeRow(name, type))
  .join('\n')}

## Without definition

Numbers that exist as constants only: ${missing.join(', ')}. A definition without number: ${orphans.join(', ')}.
`;
}
