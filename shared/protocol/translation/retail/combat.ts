import type { FieldDefinition } from '../../schema.ts';
import type { Form, Step, Translation } from '../translation.ts';
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

/** The form without its last byte, the animation: the rules that name none have 0, which is an animation of its own there. */
function withoutAnimation(fields: readonly FieldDefinition[], bytes: number): Form {
  return {
    ours: { field: 'animation', is: [0] },
    theirs: { below: bytes + 1 },
    fields,
    steps: [{ kind: 'only-ours', field: 'animation', value: 0 }],
  };
}

const aboutAnimation = 'The animation may be absent; it is, where ours is 0.';

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
    packet: 'SRV_SKILL_CAST_SELF',
    about: aboutAnimation,
    forms: [
      withoutAnimation(
        [
          { n: 'target', t: 'u16' },
          { n: 'id', t: 'u16' },
        ],
        4,
      ),
      { steps: [] },
    ],
  },
  {
    packet: 'SRV_SKILL_CAST_TARGET',
    about: aboutAnimation,
    forms: [
      withoutAnimation(
        [
          { n: 'source', t: 'u16' },
          { n: 'target', t: 'u16' },
          { n: 'id', t: 'u16' },
          { n: 'distance', t: 'u16' },
          { n: 'x', t: 'f32' },
          { n: 'y', t: 'f32' },
        ],
        16,
      ),
      { steps: [] },
    ],
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
