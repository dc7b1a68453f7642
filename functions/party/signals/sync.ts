import type { Party } from '../../../shared/sections/index.ts';
import { adopt } from '../adopt.ts';
import { sectionOf } from '../asking.ts';
import type { Cause } from '../news.ts';
import type { PartySignal } from '../sections.ts';

const CAUSES: readonly string[] = ['left', 'banned', 'changed'] satisfies readonly Cause[];

/** Somebody has changed the party. */
export const sync: PartySignal = (context, { partyId, party, cause }) => {
  const { characterId } = context;
  if (characterId === null) return {};
  if (typeof partyId !== 'string' || typeof cause !== 'string' || !CAUSES.includes(cause))
    return { refused: 'bad_signal' };
  if (party !== null && !isParty(party)) return { refused: 'bad_signal' };
  const section = sectionOf(context.sections.party, characterId);
  return adopt(context, section, partyId, party, cause as Cause);
};

function isParty(value: unknown): value is Party {
  if (typeof value !== 'object' || value === null) return false;
  const { id, version, members } = value as Partial<Party>;
  return typeof id === 'string' && typeof version === 'number' && Array.isArray(members);
}
