/** Ranks as clients show them. */
export const RANK = {
  penalty: 0,
  junior: 1,
  senior: 2,
  veteran: 3,
  commander: 4,
  deputy: 5,
  master: 6,
} as const;

/** Members of a clan at most. */
export const CLAN_SIZE = 50;

export interface ClanMember {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly level: number;
  readonly job: number;
  readonly online: boolean;
}

/** A clan, as the store holds it. */
export interface Clan {
  readonly id: string;
  readonly version: number;
  /** Number by which clients tell clans apart. */
  readonly number: number;
  readonly name: string;
  readonly description: string;
  readonly notice: string;
  /** Background and foreground of the mark; background 0: a picture of its own. */
  readonly mark: { readonly back: number; readonly center: number };
  /** In the order of joining; exactly one master. */
  readonly members: readonly ClanMember[];
}

/** A change of a clan. Ids are those of characters; names are without case. */
export type ClanChange =
  | { readonly kind: 'join'; readonly by: string; readonly member: ClanMember }
  | { readonly kind: 'leave'; readonly id: string }
  | { readonly kind: 'kick'; readonly by: string; readonly name: string }
  | { readonly kind: 'rank'; readonly by: string; readonly name: string; readonly step: 1 | -1 }
  | { readonly kind: 'master'; readonly by: string; readonly name: string }
  | { readonly kind: 'notice'; readonly by: string; readonly text: string }
  | { readonly kind: 'disband'; readonly by: string }
  /** The character of this member has been deleted. */
  | { readonly kind: 'succession'; readonly gone: string }
  /** What a member is right now; coming and going of connections is such a change too. */
  | {
      readonly kind: 'facts';
      readonly id: string;
      readonly level: number;
      readonly job: number;
      readonly online: boolean;
    };

export type ClanRefusal = 'not_member' | 'no_right' | 'full' | 'already_member' | 'master_stays';

/** The clan afterwards; null: it is no more. What changes nothing gives back the clan itself. */
export type ClanAnswer = { readonly clan: Clan | null } | { readonly refused: ClanRefusal };

export function memberById(clan: Clan, id: string): ClanMember | undefined {
  return clan.members.find((member) => member.id === id);
}

export function memberByName(clan: Clan, name: string): ClanMember | undefined {
  return clan.members.find((member) => member.name.toLowerCase() === name.toLowerCase());
}

export function changedClan(clan: Clan, change: ClanChange): ClanAnswer {
  switch (change.kind) {
    case 'join':
      return join(clan, change.by, change.member);
    case 'leave': {
      const member = memberById(clan, change.id);
      if (member === undefined) return { refused: 'not_member' };
      if (clan.members.length === 1) return { clan: null };
      return member.rank === RANK.master ? { refused: 'master_stays' } : without(clan, member.id);
    }
    case 'kick': {
      const target = memberByName(clan, change.name);
      if (target === undefined) return { refused: 'not_member' };
      return outranks(clan, change.by, target, RANK.deputy)
        ? without(clan, target.id)
        : { refused: 'no_right' };
    }
    case 'rank': {
      const target = memberByName(clan, change.name);
      if (target === undefined) return { refused: 'not_member' };
      const rank = target.rank + change.step;
      const own = memberById(clan, change.by)?.rank ?? 0;
      if (!outranks(clan, change.by, target, RANK.deputy) || rank >= own) return { refused: 'no_right' };
      return rank < RANK.penalty ? { clan } : { clan: withMember(clan, { ...target, rank }) };
    }
    case 'master': {
      const own = memberById(clan, change.by);
      const target = memberByName(clan, change.name);
      if (own?.rank !== RANK.master) return { refused: 'no_right' };
      if (target === undefined || target.id === own.id) return { refused: 'not_member' };
      const next = withMember(clan, { ...target, rank: RANK.master });
      return { clan: { ...withMember(next, { ...own, rank: RANK.deputy }), version: clan.version + 1 } };
    }
    case 'notice':
      if ((memberById(clan, change.by)?.rank ?? 0) < RANK.deputy) return { refused: 'no_right' };
      return { clan: raised({ ...clan, notice: change.text }) };
    case 'disband':
      return memberById(clan, change.by)?.rank === RANK.master ? { clan: null } : { refused: 'no_right' };
    case 'succession':
      return succession(clan, change.gone);
    case 'facts': {
      const member = memberById(clan, change.id);
      if (member === undefined) return { refused: 'not_member' };
      const { level, job, online } = change;
      const same = member.level === level && member.job === job && member.online === online;
      return { clan: same ? clan : withMember(clan, { ...member, level, job, online }) };
    }
  }
}

function join(clan: Clan, by: string, member: ClanMember): ClanAnswer {
  if (memberById(clan, member.id) !== undefined) return { refused: 'already_member' };
  if ((memberById(clan, by)?.rank ?? 0) < RANK.commander) return { refused: 'no_right' };
  if (clan.members.length >= CLAN_SIZE) return { refused: 'full' };
  return { clan: raised({ ...clan, members: [...clan.members, member] }) };
}

/** Without a member; a master is succeeded by whoever stands highest, of these who joined first. */
function succession(clan: Clan, gone: string): ClanAnswer {
  const left = memberById(clan, gone);
  if (left === undefined) return { clan };
  const [first, ...rest] = clan.members.filter(({ id }) => id !== gone);
  if (first === undefined) return { clan: null };
  if (left.rank !== RANK.master) return without(clan, gone);
  const heir = rest.reduce((highest, one) => (one.rank > highest.rank ? one : highest), first);
  const members = [first, ...rest].map((one) => (one === heir ? { ...one, rank: RANK.master } : one));
  return { clan: raised({ ...clan, members }) };
}

/** Whether someone is of at least this rank, and of a higher one than the other. */
function outranks(clan: Clan, by: string, target: ClanMember, least: number): boolean {
  const rank = memberById(clan, by)?.rank ?? 0;
  return rank >= least && rank > target.rank;
}

function without(clan: Clan, id: string): ClanAnswer {
  return { clan: raised({ ...clan, members: clan.members.filter((member) => member.id !== id) }) };
}

function withMember(clan: Clan, member: ClanMember): Clan {
  return raised({ ...clan, members: clan.members.map((one) => (one.id === member.id ? member : one)) });
}

function raised(clan: Clan): Clan {
  return { ...clan, version: clan.version + 1 };
}
