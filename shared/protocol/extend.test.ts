import { describe, expect, it } from 'vitest';
import { EdgeError } from '../errors/edge-error.ts';
import { createProtocol, type PacketDefinition } from './index.ts';

const base = createProtocol('head');

const dice: PacketDefinition = {
  name: 'CLI_DICE',
  id: 0x600,
  dir: 'c2s',
  types: {
    Die: {
      kind: 'struct',
      fields: [
        { n: 'sides', t: 'u8' },
        { t: 'bits', size: 8, parts: [{ n: 'hidden', off: 0, bits: 1 }] },
      ],
    },
    Mood: { kind: 'enum', base: 'i8', values: { GOOD: 1, BAD: -1 } },
  },
  fields: [
    { n: 'mood', t: 'Mood', d: -1 },
    { n: 'stake', t: 'u64' },
    { n: 'odds', t: 'f64' },
    { n: 'notes', t: 'str', rep: { count: 2 }, d: 'zero' },
    { n: 'dice', t: 'Die', rep: { rest: true }, d: [] },
  ],
};

describe('a protocol with packets of a manifest', () => {
  it('encodes and decodes them, and the old one stays as it was', () => {
    const extended = base.extend([dice]);
    const fields = {
      mood: 1,
      stake: '18446744073709551615',
      odds: 0.1,
      notes: ['a', 'b'],
      dice: [{ sides: 6, hidden: 1 }],
    };
    const frame = extended.encode('CLI_DICE', fields);
    expect(frame.toString('hex')).toBe('1d000006000001ffffffffffffffff9a9999999999b93f610062000601');
    expect(extended.decode(frame, 'c2s')).toEqual({ name: 'CLI_DICE', type: 0x600, fields });
    expect(extended.packets.length).toBe(base.packets.length + 1);
    expect(base.byName('CLI_DICE')).toBeUndefined();
    expect(extended.byName('CLI_ALIVE')).toBe(base.byName('CLI_ALIVE'));
  });

  it('fills in defaults, and takes zero literally for a text', () => {
    const frame = base.extend([dice]).encode('CLI_DICE', { stake: 1, odds: 0 });
    expect(frame.toString('hex', 6)).toBe(`ff0100000000000000${'00'.repeat(8)}${'7a65726f00'.repeat(2)}`);
  });

  it('uses the numbers of its profile', () => {
    const definition = { ...dice, id2021: 0x601, idRetail: null };
    expect(createProtocol('2021').extend([definition]).byName('CLI_DICE')?.type).toBe(0x601);
    expect(createProtocol('2021').extend([dice]).byName('CLI_DICE')?.type).toBe(0x600);
    expect(createProtocol('retail').extend([definition]).byName('CLI_DICE')).toBeUndefined();
  });

  it('may be extended again', () => {
    const twice = base.extend([dice]).extend([{ name: 'SRV_DICE', id: 0x600, dir: 's2c', fields: [] }]);
    expect(twice.byType('s2c', 0x600)?.name).toBe('SRV_DICE');
    expect(twice.byType('c2s', 0x600)?.name).toBe('CLI_DICE');
  });

  const fields = (...list: unknown[]): unknown => ({ ...dice, fields: list });
  const faulty: readonly [string, unknown][] = [
    ['a name that exists', { ...dice, name: 'CLI_ALIVE' }],
    ['a number that is taken', { ...dice, id: 0x500 }],
    ['a number that is too large', { ...dice, id: 2048 }],
    ['no object', 'CLI_DICE'],
    ['no fields', { ...dice, fields: undefined }],
    ['no direction', { ...dice, dir: 'up' }],
    ['a field that is no object', fields(5)],
    ['a field without type', fields({ n: 'a' })],
    ['an unknown type', fields({ n: 'a', t: 'u128' })],
    ['a type called like a property of objects', fields({ n: 'a', t: 'toString' })],
    ['two fields of one name', fields({ n: 'a', t: 'u8' }, { n: 'a', t: 'u8' })],
    ['a field name that is code', fields({ n: 'a"]; globalThis.stolen = 1; //', t: 'u8' })],
    ['a packet name that is code', { ...dice, name: "A'; globalThis.stolen = 1; '" }],
    ['a prototype as a name', fields({ n: '__proto__', t: 'u8' })],
    ['something behind a rest list', fields({ n: 'a', t: 'u8', rep: { rest: true } }, { n: 'b', t: 'u8' })],
    ['a count that is code', fields({ n: 'a', t: 'u8', rep: { count: '1);globalThis.stolen=1;(' } })],
    ['an unknown repetition', fields({ n: 'a', t: 'u8', rep: { prefix: 'u32' } })],
    ['a fixed text without length', fields({ n: 'a', t: 'fix:0' })],
    ['more bytes than a frame has', fields({ n: 'a', t: 'fix:2000' }, { n: 'b', t: 'fix:2000' })],
    [
      'overlapping bits',
      fields({
        t: 'bits',
        size: 8,
        parts: [
          { n: 'a', off: 0, bits: 4 },
          { n: 'b', off: 3, bits: 4 },
        ],
      }),
    ],
    ['bits outside their group', fields({ t: 'bits', size: 8, parts: [{ n: 'a', off: 5, bits: 4 }] })],
    ['zero bytes for an open list of texts', fields({ n: 'a', t: 'Texts', d: 'zero' })],
    [
      'a list of nothing',
      {
        ...(fields({ n: 'a', t: 'Nothing', rep: { rest: true } }) as object),
        types: { Nothing: { kind: 'struct', fields: [] } },
      },
    ],
    [
      'a type that holds itself',
      {
        ...dice,
        types: {
          Die: { kind: 'struct', fields: [{ n: 'die', t: 'Die' }] },
          Mood: { kind: 'enum', base: 'u8', values: {} },
        },
      },
    ],
    [
      'a type of an unknown kind',
      { ...dice, types: { Die: { kind: 'class' }, Mood: { kind: 'enum', base: 'u8', values: {} } } },
    ],
    [
      'a union of a wrong width',
      {
        ...dice,
        types: {
          Die: { kind: 'union', store: 'u64', member: 'm', views: [] },
          Mood: { kind: 'enum', base: 'u8', values: {} },
        },
      },
    ],
  ];

  it.each(faulty)('refuses %s', (_what, definition) => {
    let raised: unknown;
    try {
      base.extend([definition as PacketDefinition]);
    } catch (error) {
      raised = error;
    }
    expect(EdgeError.is(raised, 'bad_schema'), String(raised)).toBe(true);
    expect(globalThis).not.toHaveProperty('stolen');
  });
});
