import { membershipOf, topicOf } from './acting.ts';
import { type Clan, memberById, RANK } from './clan.ts';
import { SIGNALS } from './names.ts';
import { memberLeftPacket, memberPacket } from './packets.ts';
import type { ClanContext, ClanResult } from './sections.ts';

/** A clan, and what its members are told of a change at its head. */
export interface Led {
  readonly clan: Clan;
  readonly told: Required<Pick<ClanResult, 'deliveries' | 'signals'>>;
}

/**
 * A master whose character has been deleted cannot hand the clan over: then whoever stands highest leads it, of these who joined first.
 * Looked at when a member comes and the master is not there.
 */
export async function led(context: ClanContext, clan: Clan): Promise<Led> {
  const same: Led = { clan, told: { deliveries: [], signals: [] } };
  const master = clan.members.find(({ rank }) => rank === RANK.master);
  if (master === undefined || master.online || master.id === context.characterId) return same;
  const { now, services } = context;
  const found = await services.characters.findByName({ name: master.name, now });
  if (found.code === 'down' || (found.code === 'ok' && found.id === master.id)) return same;
  const change = { kind: 'succession', gone: master.id } as const;
  const outcome = await services.clans.change({
    clanId: clan.id,
    change,
    now,
    step: context.step('succession'),
  });
  if (!('before' in outcome) || outcome.clan === null) return same;
  const after = outcome.clan;
  const successor = after.members.find(({ rank }) => rank === RANK.master);
  if (successor === undefined || memberById(after, master.id) !== undefined) return same;
  context.log.info('a clan has another master, whose character is gone', { clan: clan.id });
  const packets = [memberLeftPacket(master), memberPacket(successor)];
  const payload = { clanId: clan.id, clan: { ...membershipOf(after, successor.id) } };
  return {
    clan: after,
    told: {
      deliveries: [{ to: topicOf(clan.id), packets, except: 'self' }],
      signals: [{ to: `character/${successor.id}`, name: SIGNALS.membership, payload }],
    },
  };
}
