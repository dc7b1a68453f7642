import { type Command, refusal, usage } from '../command.ts';
import { findCharacter } from '../find.ts';
import { OPERATOR, OTHERS, SIGNALS } from '../names.ts';
import { type Destination, destinationOf } from '../place.ts';

/** Moves oneself to a place or to a player, or a player to a place. What begins with a digit is a place; `@12` is a player named 12. */
export const teleport: Command = {
  name: 'teleport',
  usage: 'MAP [X Y] | X Y | NAME | NAME MAP [X Y]',
  does: 'moves you to a place or a player, or a player to a place (units)',
  right: OPERATOR,
  run: async (context, words) => {
    const [first, ...rest] = words;
    const { presence } = context.sections;
    if (first === undefined) return usage(teleport);
    if (presence?.visible !== true) return refusal('not_in_world', 'You are not in the world.');
    if (/^-?\d/.test(first)) {
      const to = destinationOf(words, presence.map);
      return to === undefined ? NOWHERE : { says: [], result: { signals: [go('self', to)] } };
    }
    const found = await findCharacter(context, first.replace(/^@/, ''));
    if (!('id' in found)) return found;
    const target = `character/${found.id}`;
    if (rest.length === 0) {
      const payload = { name: found.name, purpose: 'teleport', operator: true };
      return { says: [], result: { signals: [{ to: target, name: SIGNALS.locate, payload }] } };
    }
    const to = destinationOf(rest, presence.map);
    if (to === undefined) return NOWHERE;
    return { says: [`${found.name} is moved.`], result: { signals: [go(target, to, found.name)] } };
  },
};

const NOWHERE = refusal('bad_place', 'There is no such place.');

function go(to: string, { map, x, y }: Destination, name?: string) {
  const typed = name === undefined ? {} : { operator: true, name };
  return { to, name: OTHERS.teleport, payload: { map, x, y, ...typed } };
}
