import type { Signal } from '../../../shared/contract/index.ts';
import type { Party, PartyFacts, PartySection } from '../../../shared/sections/index.ts';
import { maxHp } from '../../../shared/world/formulas.ts';
import { unasked } from '../asking.ts';
import { memberOf, presentOthers } from '../change.ts';
import { drop } from '../drop.ts';
import { writeEarned } from '../earn.ts';
import { differs, factsOf, placeDiffers } from '../facts.ts';
import { CHECK, COMBAT, LOOK_LATER, LOOK_SOON, SIGNALS, TIMERS } from '../names.ts';
import { updatePacket } from '../packets.ts';
import { compare, recall } from '../recall.ts';
import type { PartyContext, PartyResult, PartyTimer } from '../sections.ts';
import { changeParty, ownParty } from '../tell.ts';

/** Looks at oneself: what has changed since the others were last told is told them now. */
export const look: PartyTimer = async (context) => {
  const section = context.sections.party;
  if (section === undefined) return {};
  if (context.characterId !== section.self) return drop(context, section);
  const facts = factsOf(context);
  if (facts === undefined) return again(context, LOOK_SOON);
  if (!section.known) return recall(context, { ...section, known: true }, facts);
  const party = ownParty(section);
  if (party === undefined) return recall(context, unasked(section), facts);
  if (context.now - (section.checkedAt ?? 0) >= CHECK) return compare(context, section, party);
  const own = memberOf(party, section.self);
  if (own !== undefined && own.droppedAt > 0) {
    // Somebody took this character for lost.
    const change = { kind: 'rejoin', id: section.self, facts } as const;
    const result = await changeParty(context, section, party, change, 'changed');
    return { ...result, timers: [...(result.timers ?? []), ...(again(context, LOOK_SOON).timers ?? [])] };
  }
  const told = tell(section, party, facts);
  const earned = await writeEarned(context, told.section, party);
  return {
    state: { sections: { party: earned.section } },
    deliveries: [...told.deliveries, ...earned.deliveries],
    signals: told.signals,
    ...again(context, restless(context, facts) ? LOOK_SOON : LOOK_LATER),
  };
};

/** Level, map and object id go to the members' handlers too, since they judge by them; hp only to their clients. */
function tell(section: PartySection, party: Party, facts: PartyFacts) {
  const last = section.told;
  if (last !== undefined && !differs(last, facts))
    return { section, deliveries: [], signals: [] as Signal[] };
  const members = party.members.map((one) => (one.id === section.self ? { ...one, facts } : one));
  const next = { ...section, told: facts, party: { ...party, members } };
  const own = memberOf(next.party, section.self);
  if (last === undefined || placeDiffers(last, facts)) {
    const payload = { id: section.self, partyId: party.id, facts: { ...facts } };
    const signals = presentOthers(party, section.self).map(
      ({ id }): Signal => ({ to: `character/${id}`, name: SIGNALS.facts, payload }),
    );
    return { section: next, deliveries: [], signals };
  }
  const packets = own === undefined ? [] : [updatePacket(own)];
  return { section: next, deliveries: [{ to: `party/${party.id}`, packets, except: 'self' }], signals: [] };
}

function restless(context: PartyContext, facts: PartyFacts): boolean {
  const { vitals, character } = context.sections;
  const largest = character === undefined ? facts.maxHp : maxHp(character.level, character.stats.con);
  return facts.hp < largest || context.now - (vitals?.combatAt ?? 0) < COMBAT;
}

function again(context: PartyContext, wait: number): PartyResult {
  return { timers: [{ name: TIMERS.look, at: context.now + wait }] };
}
