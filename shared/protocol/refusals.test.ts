import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../errors/catalogue.ts';
import { EdgeError } from '../errors/edge-error.ts';
import { createProtocol, type Fields } from './index.ts';

const protocol = createProtocol('head');

function refusal(run: () => unknown): EdgeError {
  try {
    run();
  } catch (error) {
    if (EdgeError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const password = 'p'.repeat(64);
const item = { header: { header: 1 }, data: { count: 2 } };

describe('encoding refuses', () => {
  const cases: readonly [string, string, Fields, ErrorCode, string][] = [
    ['a missing field', 'CLI_NORMAL_CHAT', {}, 'missing_field', 'message'],
    ['an unknown field', 'CLI_NORMAL_CHAT', { message: 'a', colour: 1 }, 'unknown_field', 'colour'],
    ['a field of a packet without fields', 'CLI_ALIVE', { now: 1 }, 'unknown_field', 'now'],
    [
      'an unknown field in a list',
      'SRV_SET_ITEM',
      { items: [{}, { index: 1, slot: 2 }] },
      'unknown_field',
      'items[1].slot',
    ],
    [
      'an unknown field in a union',
      'SRV_SET_ITEM',
      { items: [{ index: 1, item: { header: { type: 1, id: 2, isCreated: 0, grade: 3 } } }] },
      'unknown_field',
      'items[0].item.header.grade',
    ],
    ['a number that is too large', 'SRV_LOGOUT_REPLY', { waitTime: 65536 }, 'bad_value', 'waitTime'],
    [
      'a negative number where there is no sign',
      'SRV_LOGOUT_REPLY',
      { waitTime: -1 },
      'bad_value',
      'waitTime',
    ],
    ['a fraction', 'SRV_LOGOUT_REPLY', { waitTime: 1.5 }, 'bad_value', 'waitTime'],
    ['a number as text', 'SRV_LOGOUT_REPLY', { waitTime: '1' }, 'bad_value', 'waitTime'],
    ['null', 'SRV_LOGOUT_REPLY', { waitTime: null }, 'bad_value', 'waitTime'],
    ['a truth value', 'SRV_LOGOUT_REPLY', { waitTime: true }, 'bad_value', 'waitTime'],
    ['a bigint in a small field', 'SRV_LOGOUT_REPLY', { waitTime: 1n }, 'bad_value', 'waitTime'],
    ['a signed number out of range', 'SRV_NPC_EVENT', { id: 32768 }, 'bad_value', 'id'],
    ['a 64-bit number out of range', 'SRV_SET_MONEY', { zuly: '9223372036854775808' }, 'bad_value', 'zuly'],
    ['a 64-bit number with a fraction', 'SRV_SET_MONEY', { zuly: '1.0' }, 'bad_value', 'zuly'],
    ['a 64-bit number that is not exact', 'SRV_SET_MONEY', { zuly: 2 ** 53 }, 'bad_value', 'zuly'],
    ['a float that is not a number', 'CLI_STOP', { x: Number.NaN, y: 0 }, 'bad_value', 'x'],
    ['an infinite float', 'CLI_STOP', { x: 0, y: Number.NEGATIVE_INFINITY }, 'bad_value', 'y'],
    ['a float beyond 32 bits', 'CLI_STOP', { x: 0, y: 1e39 }, 'bad_value', 'y'],
    ['a text that is a number', 'CLI_NORMAL_CHAT', { message: 5 }, 'bad_value', 'message'],
    ['a lone surrogate', 'CLI_NORMAL_CHAT', { message: 'a\ud800' }, 'bad_value', 'message'],
    [
      'a lone surrogate in a long text',
      'CLI_NORMAL_CHAT',
      { message: `${'a'.repeat(40)}\ud800` },
      'bad_value',
      'message',
    ],
    ['bad hex', 'CLI_NORMAL_CHAT', { message: { $hex: '0g' } }, 'bad_value', 'message'],
    ['half a byte of hex', 'CLI_NORMAL_CHAT', { message: { $hex: '414' } }, 'bad_value', 'message'],
    ['a zero byte in a text', 'CLI_NORMAL_CHAT', { message: 'a\0b' }, 'inner_nul', 'message'],
    [
      'a zero byte in a long text',
      'CLI_NORMAL_CHAT',
      { message: `${'a'.repeat(40)}\0` },
      'inner_nul',
      'message',
    ],
    ['a zero byte in raw bytes', 'CLI_NORMAL_CHAT', { message: { $hex: '610062' } }, 'inner_nul', 'message'],
    [
      'a fixed text that is short',
      'CLI_LOGIN_REQ',
      { password: 'p', username: 'u' },
      'fixed_length',
      'password',
    ],
    [
      'a fixed text that is long',
      'CLI_LOGIN_REQ',
      { password: `${password}p`, username: 'u' },
      'fixed_length',
      'password',
    ],
    ['a list that is none', 'SRV_SET_ITEM', { items: {} }, 'bad_value', 'items'],
    [
      'a list beyond its count',
      'SRV_SET_ITEM',
      { items: new Array(256).fill({ index: 0 }) },
      'count_overflow',
      'items',
    ],
    [
      'a fixed list that is long',
      'SRV_GLOBAL_VARS',
      { item_rate: new Array(12).fill(0) },
      'count_mismatch',
      'item_rate',
    ],
    [
      'a fixed list without default that is short',
      'CLI_CRAFT_REQ',
      { slot: 0, type: 0, id: 0, material_slots: [1, 2, 3] },
      'count_mismatch',
      'material_slots',
    ],
    [
      'a hole in a list',
      'CLI_CRAFT_REQ',
      { slot: 0, type: 0, id: 0, material_slots: [1, undefined, 3, 4] },
      'missing_field',
      'material_slots[1]',
    ],
    [
      'a text above the largest frame',
      'CLI_NORMAL_CHAT',
      { message: 'a'.repeat(2041) },
      'frame_too_large',
      'message',
    ],
    [
      'a wide text above the largest frame',
      'CLI_NORMAL_CHAT',
      { message: 'ä'.repeat(1021) },
      'frame_too_large',
      'message',
    ],
    [
      'a list above the largest frame',
      'CLI_CLAN_ICON_SET',
      { crc: 0, data: new Array(2040).fill(0) },
      'frame_too_large',
      'data',
    ],
    ['a union of nothing', 'CLI_EQUIP_PROJECTILE', { projectile: {} }, 'missing_field', 'projectile.data'],
    ['half a view', 'CLI_EQUIP_PROJECTILE', { projectile: { type: 1 } }, 'missing_field', 'projectile.index'],
    [
      'a part that is too large',
      'CLI_EQUIP_PROJECTILE',
      { projectile: { type: 4, index: 0 } },
      'bad_value',
      'projectile.type',
    ],
    ['a union that is a number', 'CLI_EQUIP_PROJECTILE', { projectile: 4 }, 'bad_value', 'projectile'],
    [
      'a member against a part',
      'CLI_EQUIP_PROJECTILE',
      { projectile: { data: 6, type: 1, index: 1 } },
      'union_conflict',
      'projectile.type',
    ],
    [
      'two views that contradict each other',
      'CLI_CRAFT_ENHANCE_REQ',
      { enhancement: 0, data: { gem_target: 1, gem_source: 2, upgrade_source: 3 } },
      'union_conflict',
      'data.upgrade_source',
    ],
  ];

  it.each(cases)('%s', (_what, name, fields, code, field) => {
    const error = refusal(() => protocol.encode(name, fields));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({ packet: name, field });
    expect(error.message).toContain(`${name}.${field}`);
  });

  it('a packet that does not exist', () => {
    expect(refusal(() => protocol.encode('CLI_NOTHING', {})).code).toBe('unknown_packet');
  });

  it('fields that are no object', () => {
    expect(refusal(() => protocol.encode('CLI_ALIVE', null as unknown as Fields)).code).toBe('bad_value');
  });

  it('a target buffer that is too small', () => {
    const codec = protocol.byName('SRV_LOGOUT_REPLY');
    expect(codec?.encodeInto(Buffer.alloc(8), 0, { waitTime: 1 })).toBe(8);
    expect(refusal(() => codec?.encodeInto(Buffer.alloc(7), 0, { waitTime: 1 })).code).toBe(
      'frame_too_large',
    );
    expect(refusal(() => codec?.encodeInto(Buffer.alloc(8), 4, { waitTime: 1 })).code).toBe(
      'frame_too_large',
    );
  });

  it('and never says what a password was', () => {
    const error = refusal(() => protocol.encode('CLI_LOGIN_REQ', { password: 'hunter2', username: 'u' }));
    expect(error.message + JSON.stringify(error.details)).not.toContain('hunter2');
  });
});

describe('encoding accepts', () => {
  it.each([
    ['a decimal string', '-5'],
    ['a safe integer', -5],
    ['a bigint', -5n],
  ])('%s for 64 bits', (_what, zuly) => {
    expect(protocol.encode('SRV_SET_MONEY', { zuly }).toString('hex', 6)).toBe('fbffffffffffffff');
  });

  it('the decoded form of a union, its parts in any view and its member', () => {
    const forms = [
      { data: 0x0201 },
      { gem_target: 1, gem_source: 2 },
      { upgrade_source: 1, upgrade_target: 2 },
    ];
    const frames = forms.map((data) => protocol.encode('CLI_CRAFT_ENHANCE_REQ', { enhancement: 0, data }));
    expect(new Set(frames.map((frame) => frame.toString('hex'))).size).toBe(1);
    const { fields } = protocol.decode(frames[0] as Buffer, 'c2s');
    expect(protocol.encode('CLI_CRAFT_ENHANCE_REQ', fields).equals(frames[0] as Buffer)).toBe(true);
  });

  it('a part of a view where the union has a default', () => {
    const frame = protocol.encode('SRV_TRADE_ITEM', { slot: 0, item: { header: { type: 31 } } });
    expect(frame.toString('hex', 6)).toBe('001f0000000000');
  });

  it('fields that are undefined as absent', () => {
    const frame = protocol.encode('SRV_SET_ITEM', { items: undefined, other: undefined });
    expect(frame.length).toBe(7);
  });

  it('the longest text that fits', () => {
    expect(protocol.encode('CLI_NORMAL_CHAT', { message: 'a'.repeat(2040) }).length).toBe(2047);
  });

  it('short lists where there is a default', () => {
    const frame = protocol.encode('SRV_INVENTORY_DATA', { zuly: '0', items: [item] });
    expect(frame.toString('hex', 14, 26)).toBe('010002000000000000000000');
    const rates = protocol.encode('SRV_GLOBAL_VARS', { item_rate: [7, 8] });
    expect(rates.toString('hex', 15, 26)).toBe('0708000000000000000000');
  });
});

describe('decoding', () => {
  const frame = (type: number, payload: string): Buffer => {
    const bytes = Buffer.from(`000000000000${payload}`, 'hex');
    bytes.writeUInt16LE(bytes.length, 0);
    bytes.writeUInt16LE(type, 2);
    return bytes;
  };

  const cases: readonly [string, number, string, ErrorCode, string][] = [
    ['a payload that ends inside a field', 0x562, '0100000000', 'short_payload', 'targetId'],
    ['a payload that ends behind a text', 0x50e, '000000000000000000', 'short_payload', 'port'],
    ['bytes behind the last field', 0x507, '00', 'trailing_bytes', ''],
    ['a float that is not a number', 0x562, '01000000c07f000000000000', 'nonfinite', 'x'],
    ['an infinite float', 0x562, '010000000000000080ff0000', 'nonfinite', 'y'],
    ['fewer elements than counted', 0x520, '0201000000000000', 'short_payload', 'items'],
    ['part of an element at the end of the frame', 0x594, '010102', 'short_payload', 'items'],
    ['fewer named elements than counted', 0x506, '0000000002010000000041', 'short_payload', 'channels[1]'],
  ];

  it.each(cases)('refuses %s', (_what, type, payload, code, field) => {
    const directions = ['c2s', 's2c'] as const;
    const direction = directions.find((one) => protocol.byType(one, type) !== undefined);
    expect(direction).toBeDefined();
    const error = refusal(() => protocol.decode(frame(type, payload), direction ?? 'c2s'));
    expect(error.code).toBe(code);
    expect(error.details.field).toBe(field);
  });

  it('refuses a size that is not that of the frame', () => {
    expect(refusal(() => protocol.decode(Buffer.from('070000050000', 'hex'), 'c2s')).code).toBe('bad_size');
    expect(refusal(() => protocol.decode(Buffer.alloc(5), 'c2s')).code).toBe('bad_size');
  });

  it('refuses a type that the direction does not have', () => {
    expect(refusal(() => protocol.decode(frame(0x500, ''), 's2c')).code).toBe('unknown_type');
    expect(refusal(() => protocol.decode(frame(0xffff, ''), 'c2s')).code).toBe('unknown_type');
  });

  it('takes a text without its zero byte as it is', () => {
    expect(protocol.decode(frame(0x547, '6869'), 'c2s').fields).toEqual({ message: 'hi' });
    expect(protocol.decode(frame(0x549, '686900'), 'c2s').fields).toEqual({ target: 'hi', message: '' });
  });

  it('keeps bytes that are not UTF-8', () => {
    expect(protocol.decode(frame(0x547, 'c0af00'), 'c2s').fields).toEqual({ message: { $hex: 'c0af' } });
    expect(protocol.decode(frame(0x547, 'eda08000'), 'c2s').fields).toEqual({ message: { $hex: 'eda080' } });
  });

  it.each([0, 1, 15, 16, 17, 40, 2040])('reads texts of %d bytes', (length) => {
    const message = Array.from({ length }, (_, index) => String.fromCharCode(33 + (index % 90))).join('');
    const { fields } = protocol.decode(protocol.encode('CLI_NORMAL_CHAT', { message }), 'c2s');
    expect(fields).toEqual({ message });
  });

  it('keeps nothing of the buffer it reads', () => {
    const bytes = protocol.encode('CLI_CLAN_ICON_SET', { crc: 1, data: [1, 2, 3] });
    const { fields } = protocol.decode(bytes, 'c2s');
    bytes.fill(0xff);
    expect(fields).toEqual({ crc: 1, data: [1, 2, 3] });
  });
});
