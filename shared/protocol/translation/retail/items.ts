import type { Step, Translation } from '../translation.ts';

const ridePart: Step = {
  kind: 'codes',
  field: 'slot',
  pairs: [
    [0, 0],
    [1, 1],
    [2, 2],
    [4, 3],
  ],
  others: 'refused',
};

const noAbility = 'The arms of a mount are part 3; ABILITY does not exist.';

/** Slots 138 (ABILITY) and 139 (arms) change places, so that the arms have the slot that the other profile knows. */
function slotsAt(field: string): Step {
  return {
    kind: 'codes',
    field,
    pairs: [
      [139, 138],
      [138, 139],
    ],
    others: 'same',
  };
}

const aboutSlots =
  'The arms of a mount lie in slot 138; what we have in slot 138 is told as 139, which is no slot there.';

/** Things carried and used. */
export const items: readonly Translation[] = [
  {
    packet: 'SRV_CHAR_LIST_REPLY',
    about:
      'The last two things worn are the left and then the right hand. A worn thing is number and grade: gem and socket are not shown.',
    forms: [{ steps: [{ kind: 'swap', list: 'characters[].items', places: [6, 7] }] }],
  },
  {
    packet: 'SRV_INVENTORY_DATA',
    about: '139 slots: the mount has no ABILITY, so its arms lie in slot 138.',
    forms: [
      {
        steps: [
          {
            kind: 'leave-out',
            list: 'items',
            place: 138,
            empty: {
              header: { header: 0, type: 0, id: 0, isCreated: 0 },
              data: { count: 0, gem_opt: 0, durability: 0, life: 0, hasSocket: 0, isAppraised: 0, refine: 0 },
            },
          },
        ],
      },
    ],
  },
  { packet: 'SRV_SET_ITEM', about: aboutSlots, forms: [{ steps: [slotsAt('items[].index')] }] },
  { packet: 'SRV_SET_MONEY_AND_ITEM', about: aboutSlots, forms: [{ steps: [slotsAt('items[].index')] }] },
  { packet: 'SRV_SET_ITEM_LIFE', about: aboutSlots, forms: [{ steps: [slotsAt('index')] }] },
  { packet: 'CLI_REPAIR_NPC', about: aboutSlots, forms: [{ steps: [slotsAt('target_index')] }] },
  { packet: 'CLI_REPAIR_USE_ITEM', about: aboutSlots, forms: [{ steps: [slotsAt('target_index')] }] },
  {
    packet: 'SRV_DROP_ITEM',
    about: 'The time to live is in milliseconds, ours in minutes: more than 65 535 ms cannot be said.',
    forms: [{ steps: [{ kind: 'scale', field: 'timeToLive', factor: 60_000 }] }],
  },
  {
    packet: 'CLI_USE_ITEM',
    about:
      'The second word is the target (0 for oneself) and may be absent; our item id is taken for 0, which means "not said". The target is not handed on: a consumable is for oneself.',
    forms: [
      {
        theirs: { below: 4 },
        ours: { field: 'item_id', is: [] },
        fields: [{ n: 'index', t: 'u16' }],
        steps: [{ kind: 'only-ours', field: 'item_id', value: 0 }],
      },
      {
        fields: [
          { n: 'index', t: 'u16' },
          { n: 'target', t: 'u16' },
        ],
        steps: [
          { kind: 'only-theirs', field: 'target' },
          { kind: 'only-ours', field: 'item_id', value: 0 },
        ],
      },
    ],
  },
  { packet: 'CLI_EQUIP_ITEM_RIDE', about: noAbility, forms: [{ steps: [ridePart] }] },
  {
    packet: 'SRV_EQUIP_ITEM_RIDE',
    about: `${noAbility} A change of it is not sent.`,
    forms: [{ steps: [ridePart] }],
  },
];
