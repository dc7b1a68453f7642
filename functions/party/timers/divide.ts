import type { Signal } from '../../../shared/contract/index.ts';
import type { PartyKill } from '../../../shared/sections/index.ts';
import { SHARE_BY_LEVEL, shareOf } from '../../../shared/world/formulas-party.ts';
import { presentOthers } from '../change.ts';
import { gainOf } from '../gain.ts';
import { SIGNALS } from '../names.ts';
import type { PartyTimer } from '../sections.ts';
import { ownParty } from '../tell.ts';

/**
 * Shares what was killed. The parts of members on the same map are computed here; each judges itself whether it stood near enough, and those
 * who did not leave theirs to nobody.
 */
export const divide: PartyTimer = (context) => {
  const { party: section, character, presence } = context.sections;
  if (section === undefined) return {};
  const { kills = [], ...rest } = section;
  const party = ownParty(section);
  const level = character?.level ?? 1;
  const map = presence?.map ?? 0;
  const near =
    party === undefined ? [] : presentOthers(party, section.self).filter(({ facts }) => facts.map === map);
  const levels = [level, ...near.map(({ facts }) => facts.level)];
  const byLevel = ((party?.rule ?? 0) & SHARE_BY_LEVEL) !== 0;
  const partsOf = ({ xp, x, y, source }: PartyKill): Signal[] => [
    gainOf(shareOf(xp, level, levels, byLevel), source),
    ...near.map(({ id, facts }) => {
      const part = shareOf(xp, facts.level, levels, byLevel);
      const payload = { xp: part, map, x, y, source, partyId: party?.id ?? '' };
      return { to: `character/${id}`, name: SIGNALS.gain, payload };
    }),
  ];
  const shared = near.length === 0 ? 0 : kills.reduce((sum, { xp }) => sum + xp, 0);
  const next = shared === 0 ? rest : { ...rest, earned: (rest.earned ?? 0) + shared };
  return { state: { sections: { party: next } }, signals: kills.flatMap(partsOf) };
};
