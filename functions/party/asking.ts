import { PartyReqType } from '../../shared/protocol/packets.generated.ts';
import type { PartyInvitation, PartySection } from '../../shared/sections/index.ts';
import { ownParty } from './tell.ts';

/** What someone wants who sends CREATE or JOIN: owners invite with either, others form a party or apply to one. */
export function kindOf(type: number, section: PartySection): PartyInvitation['kind'] | 'refused' {
  const party = ownParty(section);
  if (party === undefined) return type === PartyReqType.CREATE ? 'create' : 'apply';
  return type === PartyReqType.JOIN && party.owner === section.self ? 'invite' : 'refused';
}

/** The section without a question that was answered, or that nobody answered in time. */
export function unasked(section: PartySection): PartySection {
  const { asked: _asked, ...rest } = section;
  return rest;
}

export function uninvited(section: PartySection): PartySection {
  const { invited: _invited, ...rest } = section;
  return rest;
}

/** Whether someone waits for an answer, or owes one. */
export function isBusy(section: PartySection, now: number): boolean {
  return (section.asked?.until ?? 0) > now || (section.invited?.until ?? 0) > now;
}

/** The section of a character, empty when it has none of its own yet. */
export function sectionOf(section: PartySection | undefined, self: string): PartySection {
  return section?.self === self ? section : { self, known: false };
}
