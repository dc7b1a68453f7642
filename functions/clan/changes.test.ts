import { describe, expect, it } from 'vitest';
import { CLAN_SIZE, type Clan, type ClanChange, type ClanMember, changedClan, RANK } from './clan.ts';

const member = (id: string, rank: number): ClanMember => ({
  id,
  name: id.toUpperCase(),
  rank,
  level: 1,
  job: 0,
  online: true,
});
const clanOf = (...members: ClanMember[]): Clan => ({
  id: 'k',
  version: 3,
  number: 1,
  name: 'Clan',
  description: '',
  notice: '',
  mark: { back: 1, center: 1 },
  members,
});
const ranks: Record<string, number> = { m: RANK.master, d: RANK.deputy, c: RANK.commander, j: RANK.junior };
const clan = clanOf(...Object.entries(ranks).map(([id, rank]) => member(id, rank)));

const refused = (change: ClanChange, of = clan) => {
  const answer = changedClan(of, change);
  return 'refused' in answer ? answer.refused : null;
};
const become = (change: ClanChange, of = clan): Clan | null => {
  const answer = changedClan(of, change);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.clan;
};
const rankIn = (of: Clan | null, id: string) => of?.members.find((one) => one.id === id)?.rank;

describe('a clan', () => {
  it('is joined by who is in none of its places, let in by a commander at least', () => {
    const join = (by: string, id = 'new') => ({ kind: 'join', by, member: member(id, RANK.junior) }) as const;
    for (const by of ['m', 'd', 'c']) expect(refused(join(by))).toBeNull();
    for (const by of ['j', 'stranger']) expect(refused(join(by))).toBe('no_right');
    expect(refused(join('m', 'j'))).toBe('already_member');
    const of = (count: number) =>
      clanOf(member('m', RANK.master), ...Array.from({ length: count - 1 }, (_, n) => member(`${n}`, 1)));
    expect(become(join('m'), of(CLAN_SIZE - 1))?.members).toHaveLength(CLAN_SIZE);
    expect(refused(join('m'), of(CLAN_SIZE))).toBe('full');
  });

  it('is left by everyone but the master, who is the last to go', () => {
    expect(become({ kind: 'leave', id: 'j' })?.members).toHaveLength(3);
    expect(refused({ kind: 'leave', id: 'm' })).toBe('master_stays');
    expect(refused({ kind: 'leave', id: 'stranger' })).toBe('not_member');
    expect(become({ kind: 'leave', id: 'm' }, clanOf(member('m', RANK.master)))).toBeNull();
  });

  it('obeys deputies and the master, each over those below', () => {
    const kick = (by: string, name: string) => refused({ kind: 'kick', by, name });
    expect([kick('m', 'd'), kick('d', 'c'), kick('d', 'J')]).toEqual([null, null, null]);
    for (const [by, name] of [
      ['c', 'j'],
      ['d', 'd'],
      ['d', 'm'],
      ['m', 'm'],
      ['stranger', 'j'],
    ] as const)
      expect(kick(by, name)).toBe('no_right');
    expect(kick('m', 'stranger')).toBe('not_member');
  });

  it('raises nobody to the rank of who raises, and lowers nobody below the lowest', () => {
    const step = (by: string, name: string, by1: 1 | -1) => ({ kind: 'rank', by, name, step: by1 }) as const;
    expect(rankIn(become(step('m', 'c', 1)), 'c')).toBe(RANK.deputy);
    expect(rankIn(become(step('d', 'j', 1)), 'j')).toBe(RANK.senior);
    expect(refused(step('m', 'd', 1))).toBe('no_right');
    expect(refused(step('d', 'c', 1))).toBe('no_right');
    expect(refused(step('stranger', 'j', -1))).toBe('no_right');
    const low = clanOf(member('m', RANK.master), member('p', RANK.penalty));
    expect(become(step('m', 'p', -1), low)).toBe(low);
  });

  it('has exactly one master, also when it gets another', () => {
    const next = become({ kind: 'master', by: 'm', name: 'j' });
    expect([rankIn(next, 'm'), rankIn(next, 'j'), next?.version]).toEqual([RANK.deputy, RANK.master, 4]);
    expect(refused({ kind: 'master', by: 'd', name: 'd' })).toBe('no_right');
    expect(refused({ kind: 'master', by: 'm', name: 'm' })).toBe('not_member');
    const left = become({ kind: 'succession', gone: 'm' });
    expect([rankIn(left, 'm'), rankIn(left, 'd')]).toEqual([undefined, RANK.master]);
    expect(become({ kind: 'succession', gone: 'stranger' })).toBe(clan);
  });

  it('takes its notice from deputies, and its end from the master', () => {
    const notice = (by: string) => refused({ kind: 'notice', by, text: 'hello' });
    expect(['m', 'd', 'c', 'stranger'].map(notice)).toEqual([null, null, 'no_right', 'no_right']);
    expect(become({ kind: 'disband', by: 'm' })).toBeNull();
    for (const by of ['d', 'stranger']) expect(refused({ kind: 'disband', by })).toBe('no_right');
  });
});
