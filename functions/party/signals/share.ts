import type { Json } from '../../../shared/contract/index.ts';
import { PARTY_REACH } from '../../../shared/world/formulas-party.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { gainOf } from '../gain.ts';
import { TIMERS } from '../names.ts';
import type { PartySignal } from '../sections.ts';
import { ownParty } from '../tell.ts';

/** Kills that wait at most: more in one moment are not shared. */
const MOST_KILLS = 64;

/** This character has killed something: its party shares, a moment later. */
export const share: PartySignal = (context, payload) => {
  const xp = numberOf(payload.xp);
  const section = context.sections.party;
  if (xp <= 0) return {};
  const kill = { xp, x: numberOf(payload.x), y: numberOf(payload.y), source: numberOf(payload.source) };
  const kills = section?.kills ?? [];
  if (section === undefined || kills.length >= MOST_KILLS) return { signals: [gainOf(xp, kill.source)] };
  return {
    state: { sections: { party: { ...section, kills: [...kills, kill] } } },
    timers: [{ name: TIMERS.divide, at: context.now }],
  };
};

/** A member has killed something: this is one's share, for those who stood near and live. */
export const gain: PartySignal = (context, { xp, map, x, y, partyId, source }) => {
  const { position, presence, vitals, party } = context.sections;
  if (ownParty(party)?.id !== partyId || position === undefined || presence?.visible !== true) return {};
  if (presence.map !== map || (vitals?.hp ?? 1) <= 0) return {};
  const at = { x: numberOf(x), y: numberOf(y) };
  if (distance(at, whereIs(position, context.now)) > PARTY_REACH) return { refused: 'too_far' };
  const part = numberOf(xp);
  return part > 0 ? { signals: [gainOf(part, numberOf(source))] } : {};
};

function numberOf(value: Json | undefined): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.floor(number) : 0;
}
