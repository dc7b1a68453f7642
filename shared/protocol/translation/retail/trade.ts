import type { FieldDefinition } from '../../schema.ts';
import type { CodePair, Translation } from '../translation.ts';

/** Codes of which each is one more there. */
export function oneMore(codes: number): CodePair[] {
  return Array.from({ length: codes }, (_, code) => [code, code + 1]);
}

const deal: readonly FieldDefinition[] = [
  { n: 'npc_id', t: 'u16' },
  { n: 'is_buy', t: 'u8' },
  { n: 'is_sell', t: 'u8' },
  { n: 'time', t: 'u32' },
];
const more: FieldDefinition = { n: 'more', t: 'u8', rep: { rest: true }, d: [] };

/** Stores, shops of players and the bank. */
export const trade: readonly Translation[] = [
  {
    packet: 'CLI_STORE_TRADE_REQ',
    about:
      'is_buy and is_sell are counts; a sold thing has 3 bytes. Of several things the first is dealt with, and the client sees by the reply what it got: our packet holds one. Buying and selling at once is refused by the rules.',
    forms: [
      {
        ours: { field: 'is_buy', is: [0] },
        theirs: { at: 2, is: [0] },
        fields: [
          ...deal,
          {
            t: 'bits',
            size: 24,
            parts: [
              { n: 'slot', off: 0, bits: 8 },
              { n: 'amount', off: 8, bits: 16 },
            ],
          },
          more,
        ],
        steps: [
          {
            kind: 'move',
            places: [
              ['item.sell_inventory_idx', 'slot'],
              ['item.sell_amount', 'amount'],
            ],
          },
          { kind: 'only-theirs', field: 'more' },
        ],
      },
      {
        fields: [...deal, { n: 'item', t: 'BuySellItem' }, more],
        steps: [{ kind: 'only-theirs', field: 'more' }],
      },
    ],
  },
  {
    packet: 'SRV_SHOP_BUYSELL_REPLY',
    about: 'Results are ours + 1.',
    forms: [{ steps: [{ kind: 'codes', field: 'result', pairs: oneMore(7), others: 'refused' }] }],
  },
  {
    packet: 'CLI_BANK_LIST_REQ',
    about: 'No password: a bank that has one opens to no client of this profile.',
    forms: [{ steps: [{ kind: 'codes', field: 'request', pairs: [[0, 0]], others: 'refused' }] }],
  },
  {
    packet: 'SRV_BANK_LIST_REPLY',
    about:
      'Only INIT_DATA and SHOW_DATA; 2 means changed things there. NEED_PASSWORD, CHANGED_PASSWORD, CLEARED_PASSWORD and PLATINUM are not sent.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'reply',
            pairs: [
              [0, 0],
              [1, 1],
            ],
            others: 'refused',
          },
        ],
      },
    ],
  },
  {
    packet: 'CLI_BANK_MOVE_ITEM',
    about: 'INVENTORY_TO_BANK and BANK_TO_INVENTORY are 0 and 1.',
    forms: [
      {
        steps: [
          {
            kind: 'codes',
            field: 'mode',
            pairs: [
              [16, 0],
              [17, 1],
            ],
            others: 'refused',
          },
        ],
      },
    ],
  },
];
