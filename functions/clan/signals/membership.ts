import type { ClanMembership } from '../../../shared/sections/index.ts';
import { withoutClan } from '../acting.ts';
import { TIMERS } from '../names.ts';
import { outPacket } from '../packets.ts';
import type { ClanSignal } from '../sections.ts';

/** Somebody has changed what this character is in its clan. */
export const membership: ClanSignal = (context, { clanId, clan, why }) => {
  const section = context.sections.clan;
  if (section?.clan === undefined || section.clan.id !== clanId) return {};
  if (clan !== null) {
    if (!isMembership(clan)) return { refused: 'bad_signal' };
    return { state: { sections: { clan: { ...section, clan } } } };
  }
  return {
    state: { sections: { clan: withoutClan(section) } },
    replies: [outPacket(why === 'kicked' ? 'kicked' : 'disbanded')],
    watch: [],
    timers: [{ name: TIMERS.enter, cancel: true }],
  };
};

function isMembership(value: unknown): value is ClanMembership {
  if (typeof value !== 'object' || value === null) return false;
  const { id, number, name, rank } = value as Partial<ClanMembership>;
  return (
    typeof id === 'string' &&
    typeof number === 'number' &&
    typeof name === 'string' &&
    typeof rank === 'number'
  );
}
