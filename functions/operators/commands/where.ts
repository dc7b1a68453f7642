import { whereIs } from '../../../shared/world/whereabouts.ts';
import { type Command, refusal, usage } from '../command.ts';
import { findCharacter } from '../find.ts';
import { OPERATOR, SIGNALS } from '../names.ts';

/** Where oneself, or somebody, is. */
export const where: Command = {
  name: 'where',
  usage: '[NAME]',
  does: 'tells where you are, or a player',
  right: OPERATOR,
  run: async (context, words) => {
    const [name] = words;
    if (words.length > 1) return usage(where);
    if (name !== undefined) {
      const found = await findCharacter(context, name);
      if (!('id' in found)) return found;
      const payload = { name: found.name, purpose: 'where', operator: true };
      return {
        says: [],
        result: { signals: [{ to: `character/${found.id}`, name: SIGNALS.locate, payload }] },
      };
    }
    const { position, presence } = context.sections;
    if (position === undefined || presence === undefined)
      return refusal('not_in_world', 'You are not in the world.');
    const at = whereIs(position, context.now);
    return { says: [placeText('You are', presence.map, at)] };
  },
};

/** A place in words. */
export function placeText(who: string, map: number, at: { readonly x: number; readonly y: number }): string {
  return `${who} on map ${map} at ${Math.round(at.x)} ${Math.round(at.y)}.`;
}
