import { amountOf } from '../../shared/world/fighters.ts';
import type { Seen } from '../../shared/world/presence-packet.ts';
import type { MovementContext } from './sections.ts';

/** The acting character as others see it; undefined while it is not in the world (loading, teleporting, gone). */
export function seenOf(context: MovementContext): Seen | undefined {
  const { presence, position, character, vitals, inventory, effects } = context.sections;
  if (presence?.visible !== true || position === undefined || character === undefined) return undefined;
  return { presence, position, character, vitals, inventory, effects };
}

/** Whether the character has died and not yet come back. */
export function isDead(seen: Seen): boolean {
  return seen.vitals !== undefined && seen.vitals.hp <= 0;
}

/** Whether an effect keeps the character from moving. */
export function isStunned(seen: Seen): boolean {
  return amountOf(seen.effects?.active, 'stun') > 0;
}

/** The answer to a packet of someone who is not in the world. */
export const NOT_IN_WORLD = { refused: 'not_in_world' } as const;
