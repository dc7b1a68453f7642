import { whereIs } from '../../../shared/world/whereabouts.ts';
import type { CharacterPacket } from '../sections.ts';

/** The character comes back to life where it stands now. Dead ones may not choose. */
export const reviveSetPos: CharacterPacket<'CLI_REVIVE_SET_POS'> = (context) => {
  const { character, position, vitals } = context.sections;
  if (character === undefined || position === undefined) return { refused: 'not_in_world' };
  if (vitals !== undefined && vitals.hp <= 0) return { refused: 'dead' };
  const { x, y } = whereIs(position, context.now);
  return { state: { sections: { character: { ...character, revive: { map: position.map, x, y } } } } };
};
