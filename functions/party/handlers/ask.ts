import type { JsonObject } from '../../../shared/contract/index.ts';
import { PartyReplyType } from '../../../shared/protocol/packets.generated.ts';
import type { PartyMemberEntry, PartySection } from '../../../shared/sections/index.ts';
import { PARTY_SIZE } from '../../../shared/world/formulas-party.ts';
import { isBusy, kindOf } from '../asking.ts';
import { LOOK_SOON, QUESTION, SIGNALS, TIMERS } from '../names.ts';
import { replyPacket } from '../packets.ts';
import type { PartyContext, PartyResult } from '../sections.ts';
import { ownParty } from '../tell.ts';

/** Asks somebody on the map to form a party, to join one, or to be let into one. Whoever it is judges, and answers. */
export function ask(
  context: PartyContext,
  section: PartySection,
  own: PartyMemberEntry,
  type: number,
  target: number,
): PartyResult {
  const { map, objectId } = own.facts;
  const refuse = (refused: string, code: number, source = target): PartyResult => ({
    replies: [replyPacket(code, source)],
    refused,
  });
  if (target === objectId || target === 0) return refuse('bad_target', PartyReplyType.NOT_FOUND);
  const kind = kindOf(type, section);
  if (kind === 'refused') return refuse('already_member', PartyReplyType.REJECT_JOIN, objectId);
  if (isBusy(section, context.now)) return refuse('pending', PartyReplyType.BUSY);
  const party = ownParty(section);
  if (party !== undefined && party.members.length >= PARTY_SIZE) return refuse('full', PartyReplyType.FULL);
  const levels = (party?.members ?? [own]).map(({ facts }) => facts.level);
  const payload: JsonObject = {
    kind,
    type,
    source: objectId,
    partyId: party?.id ?? null,
    levels,
    entry: own as unknown as JsonObject,
  };
  return {
    state: { sections: { party: { ...section, asked: { type, target, until: context.now + QUESTION } } } },
    signals: [{ to: `object/${map}/${target}`, name: SIGNALS.ask, payload }],
    // Members look all the time; whoever is in no party does when the question is over, should the answer have got lost.
    ...(party === undefined
      ? { timers: [{ name: TIMERS.look, at: context.now + QUESTION + LOOK_SOON }] }
      : {}),
  };
}
