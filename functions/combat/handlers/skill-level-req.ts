import { OTHERS } from '../names.ts';
import type { CombatPacket } from '../sections.ts';

/** A skill is to be learned into a slot: the character family owns what a character knows, judges and answers. */
export const skillLevelReq: CombatPacket<'CLI_SKILL_LEVEL_REQ'> = (
  _context,
  { slot, next_index: skill },
) => ({
  signals: [{ to: 'self', name: OTHERS.learn, payload: { slot, skill } }],
});
