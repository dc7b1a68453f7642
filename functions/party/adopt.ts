import type { Signal, TimerChange } from '../../shared/contract/index.ts';
import type { Party, PartyMemberEntry, PartySection } from '../../shared/sections/index.ts';
import { memberOf } from './change.ts';
import { factsOf, pinsOf } from './facts.ts';
import { LOOK_SOON, PLACE_KEPT, SIGNALS, TIMERS } from './names.ts';
import { type Cause, difference, farewell, greeting } from './news.ts';
import type { PartyContext, PartyResult } from './sections.ts';

/** Milliseconds by which members spread the sweep of one whose time is over: the first to do it spares the others. */
const SPREAD = 2000;

/** Takes over what the party is now: the copy, what the client is told, and what is heard from now on. */
export function adopt(
  context: PartyContext,
  section: PartySection,
  partyId: string,
  after: Party | null,
  cause: Cause,
): PartyResult {
  const before = section.party?.id === partyId ? section.party : undefined;
  const { self } = section;
  if (after === null || memberOf(after, self) === undefined) {
    if (before === undefined) return { state: { sections: { party: section } } };
    // News that were overtaken by newer ones.
    if (after !== null && after.version <= before.version) return { state: { sections: { party: section } } };
    return {
      state: { sections: { party: withoutParty(section) } },
      replies: farewell(before, self, after, cause),
      watch: [],
      pin: [],
      timers: [
        { name: TIMERS.look, cancel: true },
        { name: TIMERS.sweep, cancel: true },
      ],
    };
  }
  if (before !== undefined && after.version <= before.version)
    return { state: { sections: { party: section } } };
  const party = before === undefined ? after : withNewestFacts(before, after);
  const checkedAt = before === undefined ? context.now : (section.checkedAt ?? context.now);
  return {
    state: { sections: { party: { ...section, known: true, party, checkedAt } } },
    replies: before === undefined ? greeting(party, self) : difference(before, party, self, cause),
    ...(before === undefined ? { watch: [`party/${party.id}`] } : {}),
    pin: pinsOf(party, self),
    signals: before === undefined ? [] : introduce(context, before, party, self),
    timers: [
      ...(before === undefined ? [{ name: TIMERS.look, at: context.now + LOOK_SOON }] : []),
      sweepTimer(context, party),
    ],
  };
}

/** The section of one who is in no party. */
export function withoutParty(section: PartySection): PartySection {
  const { party: _party, told: _told, earned: _earned, checkedAt: _checkedAt, ...rest } = section;
  return rest;
}

/** Tells those who are new, or came back, how one is right now: what the party knows may be old. */
function introduce(context: PartyContext, before: Party, after: Party, self: string): Signal[] {
  const facts = factsOf(context);
  if (facts === undefined) return [];
  const isNew = ({ id, droppedAt }: PartyMemberEntry) =>
    id !== self && droppedAt === 0 && (memberOf(before, id)?.droppedAt ?? 1) > 0;
  return after.members.filter(isNew).map(({ id }) => ({
    to: `character/${id}`,
    name: SIGNALS.facts,
    payload: { id: self, partyId: after.id, facts: { ...facts } },
  }));
}

function withNewestFacts(before: Party, after: Party): Party {
  const members = after.members.map((member) => {
    const last = memberOf(before, member.id);
    return last !== undefined && last.facts.at > member.facts.at ? { ...member, facts: last.facts } : member;
  });
  return { ...after, members };
}

/** The first member of those who are away to lose its place. */
function sweepTimer(context: PartyContext, party: Party): TimerChange {
  const away = party.members.filter(({ droppedAt }) => droppedAt > 0).map(({ droppedAt }) => droppedAt);
  if (away.length === 0) return { name: TIMERS.sweep, cancel: true };
  return { name: TIMERS.sweep, at: Math.min(...away) + PLACE_KEPT + context.dice.int(SPREAD) };
}
