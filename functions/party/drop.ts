import type { PartySection } from '../../shared/sections/index.ts';
import { withoutParty } from './adopt.ts';
import { TIMERS } from './names.ts';
import type { PartyContext, PartyResult } from './sections.ts';
import { ownParty, tellOthers } from './tell.ts';

/** The character leaves the world without a word: its place is kept, and the others are told. */
export async function drop(context: PartyContext, section: PartySection): Promise<PartyResult> {
  const party = ownParty(section);
  const over = {
    state: { sections: { party: withoutParty({ self: section.self, known: false }) } },
    watch: [],
    timers: [
      { name: TIMERS.look, cancel: true },
      { name: TIMERS.sweep, cancel: true },
    ],
  } as const;
  if (party === undefined) return over;
  const { now, services } = context;
  const change = { kind: 'drop', id: section.self, at: now } as const;
  const outcome = await services.parties.change({
    partyId: party.id,
    change,
    now,
    step: context.step('drop'),
  });
  // The others will notice when the next word does not reach this character.
  if (!('before' in outcome)) return over;
  return { ...over, signals: tellOthers(outcome.before, outcome.party, section.self, 'changed') };
}
