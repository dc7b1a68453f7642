import { packet } from '../../../shared/kit/index.ts';
import { PartyReplyType } from '../../../shared/protocol/packets.generated.ts';
import type { PartyInvitation, PartyMemberEntry, PartySection } from '../../../shared/sections/index.ts';
import { levelFits, PARTY_SIZE } from '../../../shared/world/formulas-party.ts';
import { isBusy, sectionOf } from '../asking.ts';
import { entryOf } from '../facts.ts';
import { QUESTION, SIGNALS } from '../names.ts';
import type { PartySignal } from '../sections.ts';
import { ownParty } from '../tell.ts';

/** Somebody on the map wants to form a party with this character, invites it, or applies to its party. */
export const asked: PartySignal = (context, payload, message) => {
  const invitation = invitationOf(payload, context.now + QUESTION);
  if (invitation === undefined) return { refused: 'bad_signal' };
  const own = entryOf(context);
  const to = `connection/${message.from.connection}`;
  const object = objectOf(message.to);
  const answer = (type: number) => ({
    signals: [{ to, name: SIGNALS.answer, payload: { type, source: own?.facts.objectId ?? object } }],
  });
  if (own === undefined) return answer(PartyReplyType.NOT_FOUND);
  const section = sectionOf(context.sections.party, own.id);
  const code = judge(section, own, invitation, levelsOf(payload.levels), context.now);
  if (code !== undefined) return answer(code);
  const type = typeof payload.type === 'number' ? payload.type : 0;
  const question = packet('SRV_PARTY_REQ', { type, source: invitation.source, name: invitation.entry.name });
  return {
    state: { sections: { party: { ...section, invited: invitation } } },
    replies: [question],
  };
};

/** Why somebody is not even asked; undefined when it is. */
function judge(
  section: PartySection,
  own: PartyMemberEntry,
  invitation: PartyInvitation,
  levels: readonly number[],
  now: number,
): number | undefined {
  if (isBusy(section, now)) return PartyReplyType.BUSY;
  const party = ownParty(section);
  if (invitation.kind !== 'apply') {
    if (party !== undefined) return PartyReplyType.REJECT_JOIN;
    return levelFits(own.facts.level, levels) ? undefined : PartyReplyType.INVALID_LEVEL;
  }
  if (party === undefined || party.owner !== own.id) return PartyReplyType.NOT_FOUND;
  if (party.members.length >= PARTY_SIZE) return PartyReplyType.FULL;
  const members = party.members.map(({ facts }) => facts.level);
  return levelFits(invitation.entry.facts.level, members) ? undefined : PartyReplyType.INVALID_LEVEL;
}

function invitationOf(
  payload: Readonly<Record<string, unknown>>,
  until: number,
): PartyInvitation | undefined {
  const { kind, source, partyId, entry } = payload;
  if (kind !== 'create' && kind !== 'invite' && kind !== 'apply') return undefined;
  if (typeof source !== 'number' || typeof entry !== 'object' || entry === null) return undefined;
  const member = entry as PartyMemberEntry;
  if (typeof member.id !== 'string' || typeof member.name !== 'string') return undefined;
  return {
    kind,
    source,
    from: member.id,
    partyId: typeof partyId === 'string' ? partyId : null,
    entry: member,
    until,
  };
}

function levelsOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((level): level is number => typeof level === 'number') : [];
}

/** The object id in `object/MAP/ID`. */
function objectOf(address: string): number {
  return Number(address.split('/')[2] ?? 0) || 0;
}
