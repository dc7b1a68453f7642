import { MAX_LEVEL } from '../../../shared/world/formulas.ts';
import { type Command, usage } from '../command.ts';
import { findCharacter } from '../find.ts';
import { OPERATOR, SIGNALS } from '../names.ts';

/** Raises somebody to a level, with everything that rising brings. */
export const level: Command = {
  name: 'level',
  usage: '[NAME] LEVEL',
  does: 'raises you or a player to a level',
  right: OPERATOR,
  run: async (context, words) => {
    const own = context.sections.character;
    const wanted = Number(words.at(-1));
    const isLevel = Number.isInteger(wanted) && wanted >= 1 && wanted <= MAX_LEVEL;
    if (own === undefined || !isLevel || words.length > 2) return usage(level);
    const [name = ''] = words;
    const target = words.length === 1 ? { id: own.id, name: own.name } : await findCharacter(context, name);
    if (!('id' in target)) return target;
    const to = target.id === context.characterId ? 'self' : `character/${target.id}`;
    const payload = { level: wanted, name: target.name, operator: true };
    return { says: [], result: { signals: [{ to, name: SIGNALS.raise, payload }] } };
  },
};
