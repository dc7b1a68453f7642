import type { PartyFacts } from '../../../shared/sections/index.ts';
import { memberOf } from '../change.ts';
import { pinsOf, placeDiffers } from '../facts.ts';
import { LOOK_SOON, TIMERS } from '../names.ts';
import { updatePacket } from '../packets.ts';
import type { PartySignal } from '../sections.ts';
import { ownParty } from '../tell.ts';

/** A member's level, map or object id has changed, or one introduces itself to a newcomer. */
export const facts: PartySignal = (context, { id, partyId, facts: told }) => {
  const section = context.sections.party;
  const party = ownParty(section);
  if (section === undefined || party === undefined || party.id !== partyId || typeof id !== 'string')
    return {};
  const member = memberOf(party, id);
  if (member === undefined || typeof told !== 'object' || told === null) return {};
  const fresh = told as unknown as PartyFacts;
  if (typeof fresh.at !== 'number' || fresh.at < member.facts.at) return {};
  const next = { ...member, facts: fresh };
  const members = party.members.map((one) => (one.id === id ? next : one));
  const now = { ...party, members };
  return {
    state: { sections: { party: { ...section, party: now } } },
    ...(placeDiffers(member.facts, fresh) ? { pin: pinsOf(now, section.self) } : {}),
    replies: [updatePacket(next)],
  };
};

/** Another family says that what members see of this character has changed: they are told, at most once a second. */
export const lookSoon: PartySignal = (context) => {
  const section = context.sections.party;
  if (ownParty(section) === undefined) return {};
  const at = Math.max(context.now, (section?.told?.at ?? 0) + LOOK_SOON);
  return { timers: [{ name: TIMERS.look, at }] };
};
