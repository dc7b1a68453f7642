import { describe, expect, it } from 'vitest';
import type { Party, PartyMemberEntry } from '../../shared/sections/index.ts';
import { PARTY_SIZE } from '../../shared/world/formulas-party.ts';
import { changed, type PartyChange } from './change.ts';
import { PLACE_KEPT } from './names.ts';

const facts = {
  at: 0,
  map: 20,
  objectId: 9,
  level: 10,
  hp: 1,
  maxHp: 1,
  con: 1,
  hpRecovery: 0,
  mpRecovery: 0,
};
const member = (id: string, droppedAt = 0): PartyMemberEntry => ({ id, name: id, tag: 1, droppedAt, facts });
const party = (...members: PartyMemberEntry[]): Party => ({
  id: 'p',
  version: 7,
  owner: 'a',
  rule: 0,
  turn: 'a',
  xp: 0,
  members,
});
const three = party(member('a'), member('b'), member('c'));
const refused = (of: Party, change: PartyChange) => {
  const answer = changed(of, change);
  return 'refused' in answer ? answer.refused : undefined;
};
const become = (of: Party, change: PartyChange): Party | null => {
  const answer = changed(of, change);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.party;
};
const ids = (of: Party | null) => of?.members.map(({ id }) => id);

describe('a party', () => {
  it('is changed by its owner only', () => {
    for (const change of [
      { kind: 'join', by: 'b', member: member('d') },
      { kind: 'ban', by: 'b', id: 'c' },
      { kind: 'owner', by: 'b', id: 'b' },
      { kind: 'rule', by: 'b', rule: 1 },
    ] as const)
      expect(refused(three, change)).toBe('not_owner');
  });

  it('bans members, but nobody else, and the owner not himself', () => {
    expect(ids(become(three, { kind: 'ban', by: 'a', id: 'b' }))).toEqual(['a', 'c']);
    for (const id of ['a', 'x']) expect(refused(three, { kind: 'ban', by: 'a', id })).toBe('not_member');
  });

  it('is led by members who are there', () => {
    expect(become(three, { kind: 'owner', by: 'a', id: 'b' })).toMatchObject({ owner: 'b', version: 8 });
    expect(become(three, { kind: 'owner', by: 'a', id: 'a' })).toBe(three);
    const away = party(member('a'), member('b', 5), member('c'));
    expect(refused(away, { kind: 'owner', by: 'a', id: 'b' })).toBe('not_member');
    const left = become(away, { kind: 'leave', id: 'a' });
    expect(left).toMatchObject({ owner: 'c', turn: 'c' });
  });

  it('has as many members as there may be, each once', () => {
    const of = (count: number) =>
      party(...Array.from({ length: count }, (_, n) => member('abcdefg'[n] ?? '')));
    const join = { kind: 'join', by: 'a', member: member('new') } as const;
    expect(ids(become(of(PARTY_SIZE - 1), join))).toHaveLength(PARTY_SIZE);
    expect(refused(of(PARTY_SIZE), join)).toBe('full');
    expect(refused(three, { ...join, member: member('b') })).toBe('already_member');
  });

  it('ends with its last but one', () => {
    expect(become(party(member('a'), member('b')), { kind: 'leave', id: 'b' })).toBeNull();
    expect(refused(three, { kind: 'leave', id: 'x' })).toBe('not_member');
  });

  it('keeps a place for those who dropped until their time is over', () => {
    const away = party(member('a'), member('b', 100), member('c'));
    expect(become(away, { kind: 'sweep', at: 99 + PLACE_KEPT })).toBe(away);
    expect(ids(become(away, { kind: 'sweep', at: 100 + PLACE_KEPT }))).toEqual(['a', 'c']);
    expect(become(away, { kind: 'drop', id: 'b', at: 200 })).toBe(away);
    expect(become(away, { kind: 'rejoin', id: 'b', facts })?.members[1]).toEqual(member('b'));
    expect(become(three, { kind: 'rejoin', id: 'b', facts })).toBe(three);
  });

  it('gives the next turn to the next who is there, all around', () => {
    const away = party(member('a'), member('b', 5), member('c'));
    const next = become(away, { kind: 'item', id: 'a' });
    expect(next?.turn).toBe('c');
    expect(next && become(next, { kind: 'item', id: 'c' })?.turn).toBe('a');
    expect(become(away, { kind: 'item', id: 'c' })).toBe(away);
  });
});
