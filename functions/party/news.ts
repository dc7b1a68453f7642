import type { NamedPacket } from '../../shared/contract/index.ts';
import { PartyReplyType } from '../../shared/protocol/packets.generated.ts';
import type { Party, PartyMemberEntry } from '../../shared/sections/index.ts';
import { memberOf } from './change.ts';
import { levelPacket, memberPacket, replyPacket, rulePacket, updatePacket } from './packets.ts';

/*
 * PartyReplyType: BAD (0x80) says who was banned and LEAVE (0x81) who has dropped, both by tag as clients know them; REJOIN by tag too. NO_PREMIUM
 * is never sent: no account of this service pays less than another.
 */

/** Why members are gone. */
export type Cause = 'left' | 'banned' | 'changed';

/** What a member who was not in the party before is told: the others, the owner first. */
export function greeting(party: Party, self: string): NamedPacket[] {
  const others = party.members.filter(({ id }) => id !== self);
  const owner = others.filter(({ id }) => id === party.owner);
  const rest = others.filter(({ id }) => id !== party.owner);
  return [
    ...[...owner, ...rest].map((member) => memberPacket(party, member, true)),
    rulePacket(party.rule),
    levelPacket(party.xp),
  ];
}

/** What a member whose party is `before` no more is told: that it left, was banned, or that the party was dissolved. */
export function farewell(before: Party, self: string, after: Party | null, cause: Cause): NamedPacket[] {
  const own = memberOf(before, self);
  const source = own?.facts.objectId ?? 0;
  if (after === null) {
    const others = cause === 'banned' ? bannedOf(before, self) : [];
    return [...others, replyPacket(PartyReplyType.DESTROY, source)];
  }
  if (own === undefined) return [];
  const banned = cause === 'banned' ? [replyPacket(PartyReplyType.BAD, own.tag)] : [];
  return [...banned, memberPacket(before, own, false)];
}

/** A party of two falls apart when one is banned: the one who was banned is told so first. */
function bannedOf(before: Party, self: string): NamedPacket[] {
  const own = memberOf(before, self);
  return own === undefined || before.owner === self ? [] : [replyPacket(PartyReplyType.BAD, own.tag)];
}

/** What a member is told who was in the party before and still is. */
export function difference(before: Party, after: Party, self: string, cause: Cause): NamedPacket[] {
  const gone = before.members.filter(({ id }) => memberOf(after, id) === undefined);
  const fresh = after.members.filter(({ id }) => id !== self && memberOf(before, id) === undefined);
  const both = after.members.flatMap((member) => {
    const last = memberOf(before, member.id);
    return last === undefined || member.id === self ? [] : comingAndGoing(last, member);
  });
  return [
    ...gone.flatMap((member) => [
      ...(cause === 'banned' ? [replyPacket(PartyReplyType.BAD, member.tag)] : []),
      memberPacket(before, member, false),
    ]),
    ...fresh.map((member) => memberPacket(after, member, true)),
    ...both,
    ...newOwner(before, after),
    ...(before.rule === after.rule ? [] : [rulePacket(after.rule)]),
  ];
}

function comingAndGoing(last: PartyMemberEntry, member: PartyMemberEntry): NamedPacket[] {
  if (last.droppedAt === 0 && member.droppedAt > 0)
    return [replyPacket(PartyReplyType.LEAVE, member.tag), updatePacket(member)];
  if (last.droppedAt > 0 && member.droppedAt === 0)
    return [replyPacket(PartyReplyType.REJOIN, member.tag), updatePacket(member)];
  return last.facts.objectId === member.facts.objectId ? [] : [updatePacket(member)];
}

function newOwner(before: Party, after: Party): NamedPacket[] {
  if (before.owner === after.owner) return [];
  const left = memberOf(after, before.owner) === undefined;
  const type = left ? PartyReplyType.CHANGE_OWNER_AND_LEAVE : PartyReplyType.CHANGE_OWNER;
  return [replyPacket(type, memberOf(after, after.owner)?.facts.objectId ?? 0)];
}
