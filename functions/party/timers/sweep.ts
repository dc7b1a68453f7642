import type { PartyTimer } from '../sections.ts';
import { changeParty, ownParty } from '../tell.ts';

/** A member was away for too long: whoever comes first takes it out. */
export const sweep: PartyTimer = (context) => {
  const section = context.sections.party;
  const party = ownParty(section);
  if (section === undefined || party === undefined) return {};
  return changeParty(context, section, party, { kind: 'sweep', at: context.now }, 'left');
};
