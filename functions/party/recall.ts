import type { Party, PartyFacts, PartySection } from '../../shared/sections/index.ts';
import { adopt } from './adopt.ts';
import { memberOf } from './change.ts';
import { LOOK_LATER, LOOK_SOON, TIMERS } from './names.ts';
import type { PartyContext, PartyResult } from './sections.ts';
import { announce, tellOthers } from './tell.ts';

/** Takes the place in the party again that the character had when its last connection ended. */
export async function recall(
  context: PartyContext,
  section: PartySection,
  facts: PartyFacts,
): Promise<PartyResult> {
  const { now, services } = context;
  const found = await services.parties.of({ characterId: section.self, now });
  if (found.code === 'down') {
    context.log.warn('party not looked for', { ...found });
    return { timers: [{ name: TIMERS.look, at: now + LOOK_LATER }] };
  }
  const known = { state: { sections: { party: section } } };
  if (!('before' in found)) return known;
  const { before, party } = found;
  const swept = party === before ? [] : tellOthers(before, party, section.self, 'changed');
  if (party === null || memberOf(party, section.self) === undefined) return { ...known, signals: swept };
  const change = { kind: 'rejoin', id: section.self, facts } as const;
  const call = { partyId: party.id, change, now, step: context.step('rejoin') };
  const outcome = await services.parties.change(call);
  if (!('before' in outcome)) return { ...known, signals: swept };
  const result =
    outcome.party === outcome.before
      ? adopt(context, section, party.id, outcome.party, 'changed')
      : announce(context, section, outcome, 'changed');
  return { ...result, signals: [...swept, ...(result.signals ?? [])] };
}

/** Compares the copy with the store: whoever missed a signal catches up. */
export async function compare(
  context: PartyContext,
  section: PartySection,
  party: Party,
): Promise<PartyResult> {
  const { now, services } = context;
  const again = { name: TIMERS.look, at: now + LOOK_SOON };
  const found = await services.parties.of({ characterId: section.self, now });
  if (found.code === 'down') {
    context.log.warn('party not compared', { ...found });
    return { timers: [again] };
  }
  const checked = { ...section, checkedAt: now };
  const stored = 'party' in found ? found.party : null;
  const swept = 'party' in found ? tellOthers(found.before, stored, section.self, 'changed') : [];
  // In another party, or in none: the one that is held is over for this character.
  const own = stored?.id === party.id ? stored : null;
  const result = adopt(context, checked, party.id, own, 'changed');
  const isMember = own !== null && memberOf(own, section.self) !== undefined;
  return {
    ...result,
    signals: [...('party' in found && found.party !== found.before ? swept : []), ...(result.signals ?? [])],
    timers: [...(result.timers ?? []), ...(isMember || stored !== null ? [again] : [])],
  };
}
