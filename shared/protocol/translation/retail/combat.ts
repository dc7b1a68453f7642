import type { Step, Translation } from '../translation.ts';
import { oneMore } from './trade.ts';

const damage: Step = {
  kind: 'move',
  places: [
    ['damage', 'damage.amount'],
    ['action', 'damage.action'],
  ],
};

const effect: Step = { kind: 'move', places: [['state', 'success1']] };

const aboutEffect =
  'Our state is the first of two flags of success. Our amount is not sent: that client works it out from the intelligence of the caster, which we do not tell (0).';

/** Fighting, skills and quests. */
export const combat: readonly Translation[] = [
  {
    packet: 'SRV_DAMAGE',
    about:
      'Damage and action share a word: more than 2047 is shown as 2047. What was dropped follows in SRV_DROP_ITEM only.',
    forms: [{ steps: [damage] }],
  },
  { packet: 'SRV_SKILL_EFFECT', about: aboutEffect, forms: [{ steps: [effect] }] },
  {
    packet: 'SRV_SKILL_DAMAGE',
    about: `${aboutEffect} Damage and action share a word: more than 2047 is shown as 2047.`,
    forms: [{ steps: [effect, damage] }],
  },
  {
    packet: 'SRV_SKILL_CANCEL',
    about: 'Reasons are ours + 1.',
    forms: [{ steps: [{ kind: 'codes', field: 'result', pairs: oneMore(3), others: 'refused' }] }],
  },
  {
    packet: 'CLI_QUEST_DATA_REQ',
    about: 'Codes are ours + 1.',
    forms: [{ steps: [{ kind: 'codes', field: 'type', pairs: oneMore(3), others: 'refused' }] }],
  },
  {
    packet: 'SRV_QUEST_DATA_REPLY',
    about: 'Codes are ours + 1.',
    forms: [{ steps: [{ kind: 'codes', field: 'result', pairs: oneMore(6), others: 'refused' }] }],
  },
];
