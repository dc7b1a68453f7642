import { packet } from '../../../shared/kit/index.ts';
import { MAX_STAT, statCost } from '../../../shared/world/formulas.ts';
import { COMBAT, MOVEMENT } from '../names.ts';
import type { CharacterPacket } from '../sections.ts';

/** By the numbers of the wire's Stat. */
const STATS = ['str', 'dex', 'int', 'con', 'charm', 'sense'] as const;

/** Raises a stat by one for stat points. The protocol has no code for a refusal. */
export const statAddReq: CharacterPacket<'CLI_STAT_ADD_REQ'> = (context, { stat }) => {
  const { character } = context.sections;
  const name = STATS[stat];
  if (character === undefined) return { refused: 'not_in_world' };
  if (name === undefined) return { refused: 'bad_stat' };
  const value = character.stats[name];
  if (value >= MAX_STAT) return { refused: 'stat_at_most' };
  const cost = statCost(value);
  if (cost > character.statPoints) return { refused: 'no_points' };
  const stats = { ...character.stats, [name]: value + 1 };
  return {
    state: { sections: { character: { ...character, stats, statPoints: character.statPoints - cost } } },
    replies: [packet('SRV_STAT_ADD_REPLY', { stat, value: value + 1 })],
    signals: [
      { to: 'self', name: MOVEMENT.refresh, payload: {} },
      // Constitution and intelligence make room for more hp and mp, which come back from now on.
      ...(name === 'con' || name === 'int' ? [{ to: 'self', name: COMBAT.heal, payload: {} }] : []),
    ],
  };
};
