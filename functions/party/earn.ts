import type { Delivery } from '../../shared/contract/index.ts';
import type { Party, PartySection } from '../../shared/sections/index.ts';
import { levelPacket } from './packets.ts';
import type { PartyContext } from './sections.ts';

/** Adds what was shared since the last time to the party's experience, and shows all members its level. */
export async function writeEarned(
  context: PartyContext,
  section: PartySection,
  party: Party,
): Promise<{ readonly section: PartySection; readonly deliveries: readonly Delivery[] }> {
  const { earned, ...rest } = section;
  if (earned === undefined) return { section, deliveries: [] };
  const { now, services } = context;
  const outcome = await services.parties.earn({
    partyId: party.id,
    xp: earned,
    now,
    step: context.step('earn'),
  });
  // Whoever hears last that the party is no more has nothing to add to.
  if (outcome.code === 'gone') return { section: rest, deliveries: [] };
  if (!('xp' in outcome)) {
    context.log.warn('experience of the party not written', { ...outcome });
    return { section, deliveries: [] };
  }
  const { xp } = outcome;
  const packets = [levelPacket(xp, xp - earned)];
  const copy = rest.party === undefined ? rest : { ...rest, party: { ...rest.party, xp } };
  return { section: copy, deliveries: [{ to: `party/${party.id}`, packets }] };
}
