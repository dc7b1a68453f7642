import { describe, expect, it } from 'vitest';
import type { Fields } from '../../index.ts';
import { bodyOf, read } from '../../testing/retail-wire.ts';

describe('presence for the retail client', () => {
  const shown = (fields: Fields) => read('SRV_PLAYER_CHAR', bodyOf('SRV_PLAYER_CHAR', fields));
  const moveModeAt = 2 + 4 * 4 + 2 + 2;
  const gaitByte = (name: string, moveMode: number) =>
    Buffer.from(bodyOf(name, { id: 1, moveMode }), 'hex')[moveModeAt];

  it.each(['SRV_NPC_CHAR', 'SRV_MOB_CHAR', 'SRV_PLAYER_CHAR'])('%s has the gaits of clients', (name) => {
    expect([1, 2, 3, 4].map((mode) => gaitByte(name, mode))).toEqual([1, 0, 1, 2]);
  });

  it('leaves out the part of a mount that is not known there', () => {
    const part = (id: number) => ({ id });
    const { ridingItems } = shown({ id: 1, ridingItems: [1, 2, 3, 4, 5].map(part) });
    expect(ridingItems).toMatchObject([part(1), part(2), part(3), { data: 0 }, part(5)]);
  });

  it('promises no values that do not follow', () => {
    expect(shown({ id: 1, statusFlag: 0x4000_00c4, subFlag: 3 })).toMatchObject({
      statusFlag: 0x4000_0004,
      subFlag: 1,
    });
  });

  it('tells of a fugitive', () => {
    expect(bodyOf('SRV_MOB_CHAR', { id: 1, command: 32_777 }).slice(36, 40)).toBe('0900');
  });
});

describe('a member of a party for the retail client', () => {
  const member = {
    tag: 9,
    id: 3,
    max_hp: 100_000,
    hp: 7,
    status: 0,
    con: 1,
    hp_recovery: 2,
    mp_recovery: 3,
    stamina: 4,
    name: 'x',
  };

  it('comes as a list of one', () => {
    const body = bodyOf('SRV_PARTY_MEMBER', { rule: 1, action: 1, member });
    expect(body).toBe(
      '0101' + '09000000' + '0300' + 'ffff' + '0700' + '00000000' + '0100' + '0203' + '0400' + '7800',
    );
    expect(read('SRV_PARTY_MEMBER', body)).toMatchObject({
      rule: 1,
      action: 1,
      member: { tag: 9, name: 'x' },
    });
  });

  it('leaves by its tag', () => {
    const body = bodyOf('SRV_PARTY_MEMBER', { rule: 1, action: -1, member });
    expect(body).toBe('01ff0900000000000000');
    expect(read('SRV_PARTY_MEMBER', body)).toMatchObject({ rule: 1, action: -1, member: { tag: 9 } });
  });
});
