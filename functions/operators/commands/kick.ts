import type { Delivery, Signal } from '../../../shared/contract/index.ts';
import { type Command, usage } from '../command.ts';
import { findCharacter } from '../find.ts';
import { OPERATOR, OTHERS } from '../names.ts';
import { whisper } from '../whisper.ts';

/** Closes a player's connection; everything is saved first. */
export const kick: Command = {
  name: 'kick',
  usage: 'NAME [REASON]',
  does: 'closes the connection of a player',
  right: OPERATOR,
  run: async (context, words) => {
    const [name, ...reason] = words;
    if (name === undefined) return usage(kick);
    const found = await findCharacter(context, name);
    if (!('id' in found)) return found;
    return {
      says: [`${found.name} is kicked.`],
      result: thrownOut(`character/${found.id}`, found.name, reason.join(' ')),
    };
  },
};

/** Tells a player why, and then saves and closes. */
export function thrownOut(
  to: string,
  name: string,
  reason: string,
): { readonly deliveries: readonly Delivery[]; readonly signals: readonly Signal[] } {
  const text = `You were removed from the world by an operator${reason === '' ? '.' : `: ${reason}`}`;
  return {
    deliveries: [{ to, packets: [whisper(text)] }],
    signals: [{ to, name: OTHERS.kick, payload: { operator: true, name } }],
  };
}
