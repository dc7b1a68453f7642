import { PartyReplyType, PartyReqType } from '../../../shared/protocol/packets.generated.ts';
import type { Party, PartySection } from '../../../shared/sections/index.ts';
import { sectionOf } from '../asking.ts';
import type { PartyChange } from '../change.ts';
import { entryOf } from '../facts.ts';
import type { Cause } from '../news.ts';
import { replyPacket } from '../packets.ts';
import type { PartyContext, PartyPacket, PartyResult } from '../sections.ts';
import { changeParty, memberByTarget, ownParty } from '../tell.ts';
import { ask } from './ask.ts';

/** Form a party, invite, apply, leave, pass it on, ban. */
export const partyReq: PartyPacket<'CLI_PARTY_REQ'> = (context, { type, target }) => {
  const own = entryOf(context);
  if (own === undefined)
    return { replies: [replyPacket(PartyReplyType.NOT_FOUND, target)], refused: 'not_in_world' };
  const section = sectionOf(context.sections.party, own.id);
  const change = (kind: 'leave' | 'owner' | 'ban') => changeFor(context, section, kind, target, own.facts);
  switch (type) {
    case PartyReqType.CREATE:
    case PartyReqType.JOIN:
      return ask(context, section, own, type, target);
    case PartyReqType.LEAVE:
      return change('leave');
    case PartyReqType.CHANGE_OWNER:
      return change('owner');
    case PartyReqType.BAN:
      return change('ban');
    default:
      return { replies: [replyPacket(PartyReplyType.NOT_FOUND, target)], refused: 'unknown_request' };
  }
};

const CAUSES: Readonly<Record<'leave' | 'owner' | 'ban', Cause>> = {
  leave: 'left',
  owner: 'changed',
  ban: 'banned',
};

async function changeFor(
  context: PartyContext,
  section: PartySection,
  kind: 'leave' | 'owner' | 'ban',
  target: number,
  own: { readonly map: number; readonly objectId: number },
): Promise<PartyResult> {
  const party = ownParty(section);
  if (party === undefined) return refuse(target, 'no_party', PartyReplyType.NOT_FOUND);
  const change = changeOf(party, section.self, kind, target, own.map);
  if (change === undefined) return refuse(target, 'not_member', PartyReplyType.NOT_FOUND);
  const result = await changeParty(context, section, party, change, CAUSES[kind]);
  if (result.refused === undefined) return result;
  const code = result.refused === 'not_owner' ? PartyReplyType.REJECT_JOIN : PartyReplyType.NOT_FOUND;
  const source = result.refused === 'not_owner' ? own.objectId : target;
  return { ...result, replies: [...(result.replies ?? []), replyPacket(code, source)] };
}

function changeOf(
  party: Party,
  self: string,
  kind: 'leave' | 'owner' | 'ban',
  target: number,
  map: number,
): PartyChange | undefined {
  if (kind === 'leave') return { kind, id: self };
  const member = memberByTarget(party, target, map, self);
  return member === undefined ? undefined : { kind, by: self, id: member.id };
}

function refuse(source: number, reason: string, code: number): PartyResult {
  return { replies: [replyPacket(code, source)], refused: reason };
}
