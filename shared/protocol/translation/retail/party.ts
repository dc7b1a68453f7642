import type { CodePair, Translation } from '../translation.ts';

const same = (...codes: readonly number[]): CodePair[] => codes.map((code) => [code, code]);

/** Parties. */
export const party: readonly Translation[] = [
  {
    packet: 'SRV_PARTY_REPLY',
    about:
      'NOT_FOUND is told as BUSY, FULL, INVALID_LEVEL and NO_PREMIUM as REJECT_JOIN, CHANGE_OWNER_AND_LEAVE as CHANGE_OWNER. REJOIN is not sent: SRV_PARTY_MEMBER_UPDATE, which follows it, tells the same.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'type',
            pairs: [...same(1, 2, 3, 4, 5, 8, 128, 129), [0, 1], [6, 4], [7, 4], [10, 4], [9, 8]],
            others: 'refused',
          },
        ],
      },
    ],
  },
  {
    packet: 'CLI_PARTY_REPLY',
    about: 'Only BUSY, ACCEPT_CREATE, ACCEPT_JOIN and REJECT_JOIN.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'type',
            pairs: same(1, 2, 3, 4),
            others: 'refused',
          },
        ],
      },
    ],
  },
  {
    packet: 'SRV_PARTY_MEMBER',
    about:
      'ADD is a list of one member. REMOVE is 255, who left and who owns the party now; our packet does not say that, so it is 0 (SRV_PARTY_REPLY tells of a new owner).',
    forms: [
      {
        ours: { field: 'action', is: [-1] },
        theirs: { at: 1, is: [255] },
        fields: [
          { n: 'rule', t: 'PartyRule' },
          { n: 'count', t: 'u8', d: 255 },
          { n: 'leaver', t: 'u32' },
          { n: 'owner', t: 'u32', d: 0 },
        ],
        steps: [
          { kind: 'only-ours', field: 'action', value: -1 },
          { kind: 'only-theirs', field: 'owner' },
          { kind: 'only-theirs', field: 'count' },
          { kind: 'move', places: [['member.tag', 'leaver']] },
        ],
      },
      {
        steps: [
          { kind: 'only-ours', field: 'action', value: 1 },
          { kind: 'move', places: [['member', 'members.0']] },
        ],
      },
    ],
  },
];
