import type { Json, Signal } from '../../shared/contract/index.ts';
import type { Party, PartySection } from '../../shared/sections/index.ts';
import { adopt } from './adopt.ts';
import { memberOf, type PartyChange } from './change.ts';
import { SIGNALS } from './names.ts';
import type { Cause } from './news.ts';
import type { PartyContext, PartyResult } from './sections.ts';
import type { Changed } from './store/parties.ts';

/** The signals by which everyone concerned but oneself hears what has become of a party: its members, and those who were. */
export function tellOthers(before: Party | null, party: Party | null, self: string, cause: Cause): Signal[] {
  const partyId = (party ?? before)?.id;
  if (partyId === undefined) return [];
  const present = (one: Party | null) =>
    (one?.members ?? []).filter(({ droppedAt }) => droppedAt === 0).map(({ id }) => id);
  const ids = new Set([...present(before), ...present(party)]);
  ids.delete(self);
  const payload = { partyId, party: party as Json, cause };
  return [...ids].map((id) => ({ to: `character/${id}`, name: SIGNALS.sync, payload }));
}

/** Takes a change that was carried out over, and tells the others. */
export function announce(
  context: PartyContext,
  section: PartySection,
  { before, party }: Changed,
  cause: Cause,
): PartyResult {
  const own = adopt(context, section, before.id, party, cause);
  if (party === before) return own;
  const others = tellOthers(before, party, section.self, cause);
  return { ...own, signals: [...(own.signals ?? []), ...others] };
}

/** Changes the own party in the store, and then everywhere; or the reason why not. */
export async function changeParty(
  context: PartyContext,
  section: PartySection,
  party: Party,
  change: PartyChange,
  cause: Cause,
): Promise<PartyResult & { readonly refused?: string }> {
  const { now, services } = context;
  const call = { partyId: party.id, change, now, step: context.step(change.kind) };
  const outcome = await services.parties.change(call);
  if (outcome.code === 'ok') return announce(context, section, outcome as unknown as Changed, cause);
  if (outcome.code === 'down') context.log.error('party not changed', { ...outcome });
  // A party that is gone, or that one is no member of, is one's own no more.
  const lost = outcome.code === 'gone' || (outcome.code === 'not_member' && change.kind === 'leave');
  const given = lost ? adopt(context, section, party.id, null, 'changed') : {};
  return { ...given, refused: outcome.code === 'down' ? 'service_down' : outcome.code };
}

/** Who is meant by an object id, or (for one who is away) by a tag of which clients send the low half. */
export function memberByTarget(party: Party, target: number, map: number, self: string) {
  const others = party.members.filter(({ id }) => id !== self);
  const present = others.filter(({ droppedAt, facts }) => droppedAt === 0 && facts.objectId === target);
  return (
    present.find(({ facts }) => facts.map === map) ??
    present[0] ??
    others.find(({ tag }) => tag === target) ??
    others.find(({ tag, droppedAt }) => droppedAt > 0 && (tag & 0xffff) === target)
  );
}

/** The party of a section if the character is in it. */
export function ownParty(section: PartySection | undefined): Party | undefined {
  const party = section?.party;
  return party !== undefined && memberOf(party, section?.self ?? '') !== undefined ? party : undefined;
}
