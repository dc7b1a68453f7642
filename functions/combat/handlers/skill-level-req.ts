import { packet } from '../../../shared/kit/index.ts';
import { SkillLevelResult } from '../../../shared/protocol/packets.generated.ts';
import { OTHERS } from '../names.ts';
import type { CombatPacket } from '../sections.ts';

/** The answer where nothing can be learned. */
export const NOT_LEARNED = packet('SRV_SKILL_LEVEL_REPLY', {
  result: SkillLevelResult.FAILED,
  slot: 0,
  id: 0,
  points: 0,
});

/** A skill is to be learned into a slot: the character family owns what a character knows, judges and answers. */
export const skillLevelReq: CombatPacket<'CLI_SKILL_LEVEL_REQ'> = (
  _context,
  { slot, next_index: skill },
) => ({
  signals: [{ to: 'self', name: OTHERS.learn, payload: { slot, skill } }],
});
