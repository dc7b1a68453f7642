import type { FieldDefinition } from '../../schema.ts';
import type { Form, Step, Translation } from '../translation.ts';

const kind: Step = {
  kind: 'codes',
  field: 'enhancement',
  pairs: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
  ],
  others: 'refused',
};

/** A kind of request: our number of it, theirs, our names of its two slots, and the layout behind the kind. */
function request(ours: number, [source, target]: readonly [string, string], fields: FieldDefinition[]): Form {
  return {
    ours: { field: 'enhancement', is: [ours] },
    theirs: { at: 0, is: [ours + 1] },
    fields: [{ n: 'enhancement', t: 'u8' }, ...fields],
    steps: [
      kind,
      { kind: 'only-theirs', field: 'materials' },
      {
        kind: 'move',
        places: [
          [`data.${source}`, 'first'],
          [`data.${target}`, 'second'],
        ],
      },
    ],
  };
}

const slots: FieldDefinition[] = [
  { n: 'first', t: 'u8' },
  { n: 'second', t: 'u8' },
];
const figureAndSlot: FieldDefinition[] = [
  { n: 'first', t: 'u16' },
  { n: 'second', t: 'u8' },
];
const materials: FieldDefinition = { n: 'materials', t: 'u8', rep: { count: 3 }, d: 0 };

/** Gems, taking apart and refining. */
export const craft: readonly Translation[] = [
  {
    packet: 'CLI_CRAFT_ENHANCE_REQ',
    about:
      'Kinds are ours + 1, the figure has 16 bits, and 3 slots of materials follow when refining, which are not handed on: our rules choose them.',
    forms: [
      request(0, ['gem_target', 'gem_source'], slots),
      request(1, ['disassemble_source', 'disassemble_target'], slots),
      request(2, ['disassemble_source', 'disassemble_target'], figureAndSlot),
      request(3, ['upgrade_source', 'upgrade_target'], [...slots, materials]),
      request(4, ['upgrade_source', 'upgrade_target'], [...figureAndSlot, materials]),
      { steps: [kind] },
    ],
  },
  {
    packet: 'SRV_CRAFT_ENHANCE_REPLY',
    about:
      'The things that changed have a count; nothing follows GEM_NO_SOCKET and GEM_SOCKET_FULL. Only the results of setting a gem are known there; the others are sent in the same form.',
    forms: [
      {
        ours: { field: 'result', is: [2, 3] },
        theirs: { at: 0, is: [2, 3] },
        fields: [{ n: 'result', t: 'CraftEnhancementResult' }],
        steps: [],
      },
      {
        fields: [
          { n: 'result', t: 'CraftEnhancementResult' },
          { n: 'items', t: 'IndexAndItem', rep: { prefix: 'u8' }, d: [] },
        ],
        steps: [],
      },
    ],
  },
];
