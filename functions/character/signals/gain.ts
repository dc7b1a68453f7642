import { packet } from '../../../shared/kit/index.ts';
import { experienceToReach } from '../../../shared/world/formulas.ts';
import { deathPenalty } from '../../../shared/world/formulas-combat.ts';
import { grown } from '../growth.ts';
import { COMBAT, GROWN, MOVEMENT, PARTY_CHANGED } from '../names.ts';
import type { CharacterSignal, CharacterTimer } from '../sections.ts';

const I16 = 0x7fff;

/** Experience, `{xp, source?}`: the client is told of each level that it brings, and then of the experience. */
export const gain: CharacterSignal = (context, { xp, source }) => {
  const before = context.sections.character;
  if (before === undefined) return { refused: 'not_in_world' };
  if (typeof xp !== 'number' || !Number.isSafeInteger(xp) || xp < 1) return { refused: 'bad_signal' };
  const { character, levels } = grown(before, xp);
  const id = context.sections.presence?.objectId ?? 0;
  const source_id = typeof source === 'number' ? source : 0;
  return {
    state: { sections: { character } },
    replies: [
      ...levels.map(({ level, xp: exp, statPoints, skillPoints }) =>
        packet('SRV_LEVELUP', {
          id,
          level,
          exp: String(exp),
          stat_points: Math.min(I16, statPoints),
          skill_points: Math.min(I16, skillPoints),
        }),
      ),
      packet('SRV_SET_EXP', { exp: character.xp, stamina: 0, source_id }),
    ],
    ...(levels.length === 0 ? {} : { timers: [{ name: GROWN, at: context.now }] }),
  };
};

/** A level was reached: the character is well again, and others are shown its level. */
export const grew: CharacterTimer = () => ({
  signals: [
    { to: 'self', name: COMBAT.restore, payload: {} },
    { to: 'self', name: MOVEMENT.refresh, payload: {} },
    { to: 'self', name: PARTY_CHANGED, payload: {} },
  ],
});

/** A death costs experience, but no level. */
export const died: CharacterSignal = (context) => {
  const { character } = context.sections;
  if (character === undefined) return { refused: 'not_in_world' };
  const xp = Number(character.xp);
  const lost = deathPenalty(xp, experienceToReach(character.level + 1));
  if (lost === 0) return {};
  const exp = String(xp - lost);
  return {
    state: { sections: { character: { ...character, xp: exp } } },
    replies: [packet('SRV_SET_EXP', { exp, stamina: 0, source_id: 0 })],
  };
};
