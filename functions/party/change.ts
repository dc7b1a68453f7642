import type { Party, PartyFacts, PartyMemberEntry } from '../../shared/sections/index.ts';
import { levelFits, PARTY_SIZE } from '../../shared/world/formulas-party.ts';
import { PLACE_KEPT } from './names.ts';

/** A change of a party. Ids are those of characters; times are milliseconds since 1970. */
export type PartyChange =
  /** `by` lets someone in. */
  | { readonly kind: 'join'; readonly by: string; readonly member: PartyMemberEntry }
  | { readonly kind: 'leave'; readonly id: string }
  | { readonly kind: 'ban'; readonly by: string; readonly id: string }
  | { readonly kind: 'owner'; readonly by: string; readonly id: string }
  | { readonly kind: 'rule'; readonly by: string; readonly rule: number }
  | { readonly kind: 'drop'; readonly id: string; readonly at: number }
  | { readonly kind: 'rejoin'; readonly id: string; readonly facts: PartyFacts }
  /** Those who were away for too long lose their place. */
  | { readonly kind: 'sweep'; readonly at: number }
  /** `id` got an item: the next one is somebody else's. */
  | { readonly kind: 'item'; readonly id: string };

export type ChangeRefusal = 'not_member' | 'not_owner' | 'full' | 'invalid_level' | 'already_member';

/** The party afterwards; null: it has fewer than two members and is no more. */
export type ChangeAnswer = { readonly party: Party | null } | { readonly refused: ChangeRefusal };

/** Carries a change out. What changes nothing gives back the party itself. */
export function changed(party: Party, change: PartyChange): ChangeAnswer {
  switch (change.kind) {
    case 'join':
      return join(party, change.by, change.member);
    case 'leave':
      return memberOf(party, change.id) === undefined
        ? { refused: 'not_member' }
        : without(party, [change.id]);
    case 'ban':
      if (party.owner !== change.by) return { refused: 'not_owner' };
      if (change.id === change.by || memberOf(party, change.id) === undefined)
        return { refused: 'not_member' };
      return without(party, [change.id]);
    case 'owner': {
      if (party.owner !== change.by) return { refused: 'not_owner' };
      const next = memberOf(party, change.id);
      if (next === undefined || next.droppedAt > 0) return { refused: 'not_member' };
      return { party: next.id === party.owner ? party : raised({ ...party, owner: next.id }) };
    }
    case 'rule':
      if (party.owner !== change.by) return { refused: 'not_owner' };
      return { party: party.rule === change.rule ? party : raised({ ...party, rule: change.rule }) };
    case 'drop': {
      const member = memberOf(party, change.id);
      if (member === undefined || member.droppedAt > 0) return { party };
      const facts = { ...member.facts, objectId: 0, at: change.at };
      return { party: raised(withMember(party, { ...member, droppedAt: change.at, facts })) };
    }
    case 'rejoin': {
      const member = memberOf(party, change.id);
      if (member === undefined) return { refused: 'not_member' };
      if (member.droppedAt === 0 && member.facts.objectId === change.facts.objectId) return { party };
      return { party: raised(withMember(party, { ...member, droppedAt: 0, facts: change.facts })) };
    }
    case 'sweep': {
      const late = party.members.filter(
        ({ droppedAt }) => droppedAt > 0 && droppedAt + PLACE_KEPT <= change.at,
      );
      return late.length === 0
        ? { party }
        : without(
            party,
            late.map(({ id }) => id),
          );
    }
    case 'item':
      if (memberOf(party, change.id) === undefined || party.turn !== change.id) return { party };
      return { party: raised({ ...party, turn: after(party, change.id) }) };
  }
}

export function memberOf(party: Party, id: string): PartyMemberEntry | undefined {
  return party.members.find((member) => member.id === id);
}

/** Who can be reached. */
export function presentOthers(party: Party, self: string): readonly PartyMemberEntry[] {
  return party.members.filter(({ id, droppedAt }) => id !== self && droppedAt === 0);
}

function join(party: Party, by: string, member: PartyMemberEntry): ChangeAnswer {
  if (memberOf(party, member.id) !== undefined) return { refused: 'already_member' };
  if (party.owner !== by) return { refused: 'not_owner' };
  if (party.members.length >= PARTY_SIZE) return { refused: 'full' };
  const levels = party.members.map(({ facts }) => facts.level);
  if (!levelFits(member.facts.level, levels)) return { refused: 'invalid_level' };
  return { party: raised({ ...party, members: [...party.members, member] }) };
}

function without(party: Party, ids: readonly string[]): ChangeAnswer {
  const gone = new Set(ids);
  const members = party.members.filter(({ id }) => !gone.has(id));
  const [first] = members;
  if (members.length < 2 || first === undefined) return { party: null };
  const heir = members.find(({ droppedAt }) => droppedAt === 0) ?? first;
  const owner = gone.has(party.owner) ? heir.id : party.owner;
  const turn = gone.has(party.turn) ? heir.id : party.turn;
  return { party: raised({ ...party, owner, turn, members }) };
}

/** The next present member after one, in the order of joining. */
function after(party: Party, id: string): string {
  const at = party.members.findIndex((member) => member.id === id);
  const line = [...party.members.slice(at + 1), ...party.members.slice(0, at + 1)];
  return line.find(({ droppedAt }) => droppedAt === 0)?.id ?? party.owner;
}

function withMember(party: Party, member: PartyMemberEntry): Party {
  return { ...party, members: party.members.map((one) => (one.id === member.id ? member : one)) };
}

function raised(party: Party): Party {
  return { ...party, version: party.version + 1 };
}
