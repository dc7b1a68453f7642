import type { Json, JsonObject, Signal } from '../../../shared/contract/index.ts';
import { PARTY_REACH, SHARE_BY_LEVEL, shareOf } from '../../../shared/world/formulas-party.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { presentOthers } from '../change.ts';
import { CHARACTER_GAIN, SIGNALS } from '../names.ts';
import type { PartySignal } from '../sections.ts';
import { ownParty } from '../tell.ts';

/**
 * This character has killed something: its party shares. The shares of members on the same map are computed here; each judges itself whether
 * it stood near enough, and those who did not leave theirs to nobody.
 */
export const share: PartySignal = (context, payload) => {
  const xp = numberOf(payload.xp);
  const section = context.sections.party;
  const party = ownParty(section);
  const { character, presence } = context.sections;
  if (section === undefined || party === undefined || character === undefined || presence === undefined)
    return xp > 0 ? { signals: [gainOf(xp)] } : {};
  const near = presentOthers(party, section.self).filter(({ facts }) => facts.map === presence.map);
  const levels = [character.level, ...near.map(({ facts }) => facts.level)];
  const byLevel = (party.rule & SHARE_BY_LEVEL) !== 0;
  const shared = near.map(({ id, facts }): Signal => {
    const part = shareOf(xp, facts.level, levels, byLevel);
    const told: JsonObject = { ...payload, xp: String(part), map: presence.map, partyId: party.id };
    return { to: `character/${id}`, name: SIGNALS.gain, payload: told };
  });
  if (xp <= 0) return {};
  const earned = near.length === 0 ? section.earned : (section.earned ?? 0) + xp;
  return {
    ...(earned === undefined ? {} : { state: { sections: { party: { ...section, earned } } } }),
    signals: [gainOf(shareOf(xp, character.level, levels, byLevel)), ...shared],
  };
};

/** A member has killed something: this is one's share, for those who stood near and live. */
export const gain: PartySignal = (context, { xp, map, x, y, partyId }) => {
  const { position, presence, vitals, party } = context.sections;
  if (ownParty(party)?.id !== partyId || position === undefined || presence?.visible !== true) return {};
  if (presence.map !== map || (vitals?.hp ?? 1) <= 0) return {};
  if (typeof x === 'number' && typeof y === 'number') {
    if (distance({ x, y }, whereIs(position, context.now)) > PARTY_REACH) return { refused: 'too_far' };
  }
  const part = numberOf(xp);
  return part > 0 ? { signals: [gainOf(part)] } : {};
};

function gainOf(xp: number): Signal {
  return { to: 'self', name: CHARACTER_GAIN, payload: { xp } };
}

function numberOf(value: Json | undefined): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.floor(number) : 0;
}
