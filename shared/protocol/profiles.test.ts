import { describe, expect, it } from 'vitest';
import { EdgeError } from '../errors/edge-error.ts';
import { families, schema } from './data/index.ts';
import { createProtocol, type Fields, ingressOverlays, type ProfileName, profileNames } from './index.ts';

describe('profiles', () => {
  it.each(profileNames)('%s has every packet with a number, found by direction and number', (name) => {
    const protocol = createProtocol(name);
    const column = { head: 'id', '2021': 'id2021', retail: 'idRetail' } as const;
    for (const definition of schema.packets) {
      const codec = protocol.byName(definition.name);
      expect(codec?.type ?? null, definition.name).toBe(definition[column[name]]);
      if (codec === undefined || definition.dupOf !== undefined) continue;
      expect(protocol.byType(codec.direction, codec.type)).toBe(codec);
    }
    expect(protocol.profile).toBe(name);
  });

  it('number the same packet differently', () => {
    const ids = (packet: string): (number | undefined)[] =>
      profileNames.map((name) => createProtocol(name).byName(packet)?.type);
    expect(ids('SRV_LOGIN_REPLY')).toEqual([0x50b, 0x50a, 0x708]);
    expect(ids('CLI_LOGIN_TOKEN_REQ')).toEqual([0x50a, undefined, undefined]);
    expect(ids('SRV_ACCEPT_REPLY')).toEqual([0x5d4, 0x5d2, 0x7ff]);
  });

  it('give one number two meanings by direction in retail', () => {
    const retail = createProtocol('retail');
    expect(retail.byType('c2s', 0x708)?.name).toBe('CLI_LOGIN_REQ');
    expect(retail.byType('s2c', 0x708)?.name).toBe('SRV_LOGIN_REPLY');
    expect(retail.byType('isc', 0x708)).toBeUndefined();
  });

  it('are refused by another name', () => {
    for (const name of ['2022', 'constructor', '']) {
      expect(() => createProtocol(name as ProfileName)).toThrow(EdgeError);
    }
  });
});

describe('retail layouts', () => {
  const retail = createProtocol('retail');
  const bodies: readonly [string, Fields, number][] = [
    ['SRV_ACCEPT_REPLY', { result: 2, randValue: 1 }, 29],
    ['CLI_JOIN_SERVER_REQ', { sessionId: 1, password: 'p'.repeat(32) }, 36],
    ['SRV_SELECT_CHAR_REPLY', { name: 'abc' }, 756 + 3 + 1],
    ['SRV_QUEST_DATA', {}, 1018],
    [
      'SRV_CHANGE_MAP_REPLY',
      { objectIndex: 1, hp: 1, mp: 1, xp: 1, penalizeXp: 0, worldTime: 0, teamNumber: 0 },
      46,
    ],
    ['SRV_DAMAGE', { attackerId: 1, defenderId: 2, damage: { amount: 9, action: 4 } }, 6],
    ['SRV_LEVELUP', { id: 1, level: 2, exp: 3, stat_points: 4, skill_points: 5 }, 12],
    ['SRV_INVENTORY_DATA', { zuly: '1' }, 8 + 139 * 6],
    ['SRV_SKILL_EFFECT', { target: 1, source: 2, id: 3, success1: 1, success2: 0, intelligence: 9 }, 7],
    [
      'SRV_SKILL_DAMAGE',
      {
        target: 1,
        source: 2,
        id: 3,
        success1: 1,
        success2: 0,
        intelligence: 9,
        damage: { amount: 1, action: 4 },
      },
      9,
    ],
    ['CLI_TELEPORT_REQ', { id: 3 }, 2],
    ['CLI_BANK_LIST_REQ', { request: 0 }, 1],
    ['SRV_CLEAR_STATUS', { target: 1, status: 2, values: [3, 4] }, 14],
  ];

  it.each(bodies)('%s has the size of the retail client', (name, fields, size) => {
    expect(retail.encode(name, fields).length - 6).toBe(size);
  });

  it('pack damage and skill words from the low bits up', () => {
    const damage = retail.encode('SRV_DAMAGE', {
      attackerId: 1,
      defenderId: 2,
      damage: { amount: 9, action: 4 },
    });
    expect(damage.toString('hex', 6)).toBe('010002000920');
    const effect = { target: 1, source: 2, id: 0x123, success1: 1, success2: 1, intelligence: 5 };
    expect(retail.encode('SRV_SKILL_EFFECT', effect).toString('hex', 6)).toBe('01000200237101');
  });

  it('have no field that was dropped', () => {
    expect(() => retail.encode('SRV_PLAYER_CHAR', { id: 1, otherName: 'x' })).toThrow(/unknown_field/);
    const { fields } = retail.decode(retail.encode('SRV_PLAYER_CHAR', { id: 1, name: 'x' }), 's2c');
    expect(fields.ridingItems).toHaveLength(4);
    expect(fields).not.toHaveProperty('otherName');
  });
});

describe('overlays of the ingress', () => {
  const head = createProtocol('head', { overlays: ingressOverlays });
  const plain = createProtocol('head');
  const short = 'a'.repeat(32);
  const long = 'b'.repeat(64);

  it.each([
    ['CLI_LOGIN_REQ', { password: short, username: 'u'.repeat(24) }, 57],
    ['CLI_LOGIN_REQ', { password: long, username: 'uu' }, 67],
    ['CLI_JOIN_SERVER_REQ', { sessionId: 1, password: short }, 36],
    ['CLI_JOIN_SERVER_REQ', { sessionId: 1, password: long }, 68],
  ])('%s takes both lengths of password', (name, fields, size) => {
    const frame = head.encode(name, fields);
    expect(frame.length - 6).toBe(size);
    expect(head.decode(frame, 'c2s').fields).toEqual(fields);
  });

  it('leave the schema of the profile alone', () => {
    expect(() => plain.encode('CLI_LOGIN_REQ', { password: short, username: 'u' })).toThrow(/fixed_length/);
    const frame = head.encode('CLI_LOGIN_REQ', { password: short, username: 'user' });
    expect(() => plain.decode(frame, 'c2s')).toThrow(/short_payload/);
  });

  it('widen the range of sizes', () => {
    expect(head.byName('CLI_LOGIN_REQ')?.minFrame).toBe(6 + 33);
    expect(plain.byName('CLI_LOGIN_REQ')?.minFrame).toBe(6 + 65);
  });

  it('report what is wrong with the main layout', () => {
    expect(() => head.encode('CLI_JOIN_SERVER_REQ', { sessionId: 1, password: 'x' })).toThrow(/fixed_length/);
  });

  it.each(profileNames)('give the hotbar one body in %s', (name) => {
    const protocol = createProtocol(name, { overlays: ingressOverlays });
    const frame = protocol.encode('CLI_HOTBAR_SET_ICON_REQ', { slot: 3, icon: { type: 1, slotId: 70 } });
    expect(frame.toString('hex', 6)).toBe('03c108');
    expect(protocol.decode(frame, 'c2s').fields).toEqual({
      slot: 3,
      icon: { data: 0x8c1, type: 1, slotId: 70 },
    });
  });

  it('take a hotbar packet without body too, outside retail', () => {
    const empty = Buffer.from('060077050000', 'hex');
    expect(head.decode(empty, 'c2s')).toEqual({ name: 'CLI_HOTBAR_SET_ICON_REQ', type: 0x577, fields: {} });
    expect(plain.decode(empty, 'c2s').fields).toEqual({});
  });

  it('keep bodies that the schema leaves out', () => {
    const frame = Buffer.from('0900c4050000010203', 'hex');
    expect(head.decode(frame, 'c2s')).toMatchObject({ name: 'CLI_CHATROOM', fields: { body: [1, 2, 3] } });
  });
});

describe('families', () => {
  it('hold every packet once', () => {
    const names = Object.values(families).flat();
    expect(new Set(names).size).toBe(names.length);
    expect(names.toSorted()).toEqual(schema.packets.map((packet) => packet.name).toSorted());
  });
});

describe('common fields', () => {
  const plain = createProtocol('retail');
  const common = createProtocol('retail', { commonFields: true });
  const over = (name: string, fields: Fields) =>
    plain.decode(common.encode(name, fields), name.startsWith('CLI') ? 'c2s' : 's2c').fields;

  it('leave out what a layout does not know, and fill up what it has besides', () => {
    const item = { id: 7, gem_opt: 3, socket: 1, grade: 2 };
    const character = {
      name: 'abc',
      race: 1,
      level: 9,
      job: 0,
      remainSecsUntilDelete: 0,
      face: 1,
      hair: 2,
      items: Array.from({ length: 8 }, () => item),
    };
    const [listed] = over('SRV_CHAR_LIST_REPLY', { characters: [character] }).characters as {
      name: string;
      items: object[];
    }[];
    expect(listed).toMatchObject({ name: 'abc', level: 9 });
    expect(listed?.items).toHaveLength(8);
    expect(listed?.items[0]).toMatchObject({ id: 7, grade: 2 });
    expect(over('SRV_QUEST_DATA', {}).switches).toHaveLength(32);
  });

  it('stop numbers at the limits of their fields', () => {
    expect(over('SRV_SELECT_CHAR_REPLY', { name: 'abc', hp: 70_000, patHp: 5 })).toMatchObject({
      hp: 65_535,
    });
    expect(over('SRV_LEVELUP', { id: 1, level: 2, exp: '99', stat_points: 4, skill_points: 5 }).exp).toBe(99);
  });

  it('give a handler all fields that it knows', () => {
    const frame = plain.encode('CLI_TELEPORT_REQ', { id: 3 });
    expect(common.decode(frame, 'c2s').fields).toEqual({ id: 3, x: 0, y: 0 });
  });

  it('still refuse what is no value', () => {
    expect(() => common.encode('SRV_LEVELUP', { id: 'one', level: 2, exp: '1' })).toThrow(EdgeError);
  });

  it('are the fields themselves where the layout is the same', () => {
    const head = createProtocol('head', { commonFields: true });
    expect(() => head.encode('SRV_SELECT_CHAR_REPLY', { name: 'abc', nonsense: 1 })).toThrow(EdgeError);
  });
});
