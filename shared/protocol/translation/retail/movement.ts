import type { Step, Translation } from '../translation.ts';

/** Our presence packets have the server's gaits (1 sit, 2 walk, 3 run, 4 drive), theirs the client's (0 walk, 1 run, 2 drive). */
const gait: Step = {
  kind: 'codes',
  field: 'moveMode',
  pairs: [
    [2, 0],
    [3, 1],
    [4, 2],
    [1, 1],
    [0, 0],
  ],
  others: 'same',
};

const runsAway: Step = { kind: 'codes', field: 'command', pairs: [[32_777, 9]], others: 'same' };

/** Behind the packet follows a value for each of these, which we do not have. */
const valuedStatuses: Step = {
  kind: 'clear',
  field: 'statusFlag',
  flags: 0x10 | 0x40 | 0x80 | 0x100 | 0x200,
};

const aboutPresence =
  'Gaits are those of the client (one who sits runs when moved), RUNAWAY is 9. Statuses that need a value behind the packet ' +
  '(greater life, speed and attack among them) are not shown, because our packet carries no values.';

/** Gaits, presence and revival. */
export const movement: readonly Translation[] = [
  {
    packet: 'CLI_TOGGLE_MOVE',
    about: 'RUN, SIT and DRIVE are 0, 1 and 2.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'type',
            pairs: [
              [2, 0],
              [8, 1],
              [9, 2],
            ],
            others: 'refused',
          },
        ],
      },
    ],
  },
  {
    packet: 'SRV_MOVE',
    about: 'RIDEON does not exist; it is told as DRIVE.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'move_mode',
            pairs: [
              [2, 2],
              [3, 2],
            ],
            others: 'same',
          },
        ],
      },
    ],
  },
  {
    packet: 'CLI_REVIVE_REQ',
    about: 'Only REVIVE_POSITION and SAVE_POSITION exist.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'reviveType',
            pairs: [
              [1, 1],
              [2, 2],
            ],
            others: 'refused',
          },
        ],
      },
    ],
  },
  { packet: 'SRV_NPC_CHAR', about: aboutPresence, forms: [{ steps: [gait, runsAway, valuedStatuses] }] },
  { packet: 'SRV_MOB_CHAR', about: aboutPresence, forms: [{ steps: [gait, runsAway, valuedStatuses] }] },
  {
    packet: 'SRV_PLAYER_CHAR',
    about: `${aboutPresence} The mount has 4 parts, without ABILITY. Neither a shop (which SRV_SHOP_OPEN tells) nor a clan follows the name.`,
    forms: [
      {
        steps: [
          gait,
          runsAway,
          valuedStatuses,
          { kind: 'clear', field: 'subFlag', flags: 2 },
          {
            kind: 'leave-out',
            list: 'ridingItems',
            place: 3,
            empty: { data: 0, id: 0, gem_opt: 0, socket: 0, grade: 0 },
          },
        ],
      },
    ],
  },
];
