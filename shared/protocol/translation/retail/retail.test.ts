import { describe, expect, it } from 'vitest';
import type { Fields } from '../../index.ts';
import { bodyOf, codeOf, read, retail } from '../../testing/retail-wire.ts';
import { firstDifference } from '../../testing/within.ts';

describe('a packet of the retail client', () => {
  const bothWays: readonly [string, Fields, string][] = [
    ['CLI_TOGGLE_MOVE', { type: 2 }, '00'],
    ['CLI_TOGGLE_MOVE', { type: 8 }, '01'],
    ['CLI_TOGGLE_MOVE', { type: 9 }, '02'],
    ['CLI_REVIVE_REQ', { reviveType: 1 }, '01'],
    ['CLI_REVIVE_REQ', { reviveType: 2 }, '02'],
    ['CLI_USE_ITEM', { index: 12, item_id: 0 }, '0c000000'],
    ['CLI_EQUIP_ITEM_RIDE', { slot: 4, index: 20 }, '03001400'],
    ['SRV_EQUIP_ITEM_RIDE', { char_id: 1, slot: 4, item: { id: 7 }, move_speed: 9 }, '01000300070000000900'],
    ['CLI_BANK_LIST_REQ', { request: 0 }, '00'],
    ['SRV_BANK_LIST_REPLY', { reply: 1, items: [] }, '0100'],
    ['SRV_SHOP_BUYSELL_REPLY', { id: 1, result: 6, count: 0, items: [] }, '01000700'],
    ['SRV_SKILL_CANCEL', { target: 1, result: 2 }, '010003'],
    ['CLI_QUEST_DATA_REQ', { type: 2, slot: 1, id: 5 }, '030105000000'],
    ['SRV_QUEST_DATA_REPLY', { result: 5, slot: 1, id: 5 }, '060105000000'],
    ['SRV_DAMAGE', { attackerId: 1, defenderId: 2, damage: 9, action: 4 }, '010002000920'],
    ['SRV_SKILL_EFFECT', { target: 1, source: 2, id: 0x123, state: 1 }, '01000200231100'],
    [
      'SRV_SKILL_DAMAGE',
      { target: 1, source: 2, id: 3, state: 0, damage: 9, action: 16 },
      '010002000300000980',
    ],
    ['SRV_PARTY_REPLY', { type: 8, source: 7 }, '0807000000'],
    ['SRV_SET_ITEM_LIFE', { index: 139, life: 5 }, '8a000500'],
    [
      'CLI_STORE_TRADE_REQ',
      { npc_id: 5, is_buy: 0, is_sell: 1, time: 0, item: { sell_inventory_idx: 12, sell_amount: 3 } },
      '05000001000000000c0300',
    ],
    [
      'CLI_STORE_TRADE_REQ',
      {
        npc_id: 5,
        is_buy: 1,
        is_sell: 0,
        time: 0,
        item: { buy_tab_id: 1, buy_col_id: 2, buy_amount: 3 },
      },
      '05000100000000000102' + '0300',
    ],
    ['CLI_CRAFT_ENHANCE_REQ', { enhancement: 0, data: { gem_target: 7, gem_source: 12 } }, '01070c'],
    [
      'CLI_CRAFT_ENHANCE_REQ',
      { enhancement: 2, data: { disassemble_source: 0x123, disassemble_target: 12 } },
      '0323010c',
    ],
    [
      'CLI_CRAFT_ENHANCE_REQ',
      { enhancement: 4, data: { upgrade_source: 0x123, upgrade_target: 12 } },
      '0523010c000000',
    ],
    ['SRV_CRAFT_ENHANCE_REPLY', { result: 2 }, '02'],
    [
      'SRV_CRAFT_ENHANCE_REPLY',
      { result: 1, items: [{ index: 7, item: { header: { header: 8 }, data: { count: 1 } } }] },
      '010107080001000000',
    ],
  ];

  it.each(bothWays)('%s %o is the same thing in other bytes', (name, fields, body) => {
    expect(bodyOf(name, fields)).toBe(body);
    expect(firstDifference(fields, read(name, body), name)).toBeUndefined();
  });

  const refused: readonly [string, string][] = [
    ['CLI_TOGGLE_MOVE', '08'],
    ['CLI_REVIVE_REQ', '03'],
    ['CLI_REVIVE_REQ', '04'],
    ['CLI_BANK_MOVE_ITEM', `10${'00'.repeat(8)}`],
    ['CLI_BANK_LIST_REQ', '11'],
    ['CLI_EQUIP_ITEM_RIDE', '04000000'],
    ['CLI_CRAFT_ENHANCE_REQ', '000102'],
    ['CLI_PARTY_REPLY', '0600000000'],
    ['CLI_QUEST_DATA_REQ', '000000000000'],
  ];

  it.each(refused)('%s %s with a code that it does not have is malformed', (name, body) => {
    expect(codeOf(() => read(name, body))).toBe('unknown_code');
  });

  const untellable: readonly [string, Fields][] = [
    ['SRV_BANK_LIST_REPLY', { reply: 2 }],
    ['SRV_PARTY_REPLY', { type: 130, source: 1 }],
    ['SRV_EQUIP_ITEM_RIDE', { char_id: 1, slot: 3, item: {}, move_speed: 0 }],
  ];

  it.each(untellable)('%s %o has no counterpart', (name, fields) => {
    expect(codeOf(() => retail.encode(name, fields))).toBe('no_counterpart');
  });

  it('lacking a code, or with none, is refused as ever', () => {
    expect(codeOf(() => retail.encode('CLI_TOGGLE_MOVE', {}))).toBe('missing_field');
    expect(codeOf(() => retail.encode('CLI_TOGGLE_MOVE', { type: 'run' }))).toBe('bad_value');
  });

  it('uses a thing on somebody, with the target left out or not', () => {
    expect(read('CLI_USE_ITEM', '0c00')).toEqual({ index: 12, item_id: 0 });
    expect(read('CLI_USE_ITEM', '0c000500')).toEqual({ index: 12, item_id: 0 });
  });

  it('sells several things, of which the first counts', () => {
    const fields = read('CLI_STORE_TRADE_REQ', '05000002000000000c03000d0100');
    expect(fields).toEqual({
      npc_id: 5,
      is_buy: 0,
      is_sell: 2,
      time: 0,
      item: { sell_inventory_idx: 12, sell_amount: 3 },
    });
  });

  it('refines with materials that nobody asks for', () => {
    expect(read('CLI_CRAFT_ENHANCE_REQ', '04050c010203')).toEqual({
      enhancement: 3,
      data: { upgrade_source: 5, upgrade_target: 12 },
    });
  });

  it.each([
    [0, 1],
    [6, 4],
    [7, 4],
    [9, 8],
    [10, 4],
  ])('tells of a party with the nearest of its codes: %i is %i', (ours, theirs) => {
    expect(bodyOf('SRV_PARTY_REPLY', { type: ours, source: 0 })).toBe(`0${theirs}00000000`);
  });

  it('has our default in its own unit', () => {
    expect(bodyOf('SRV_DROP_ITEM', {}).slice(-4)).toBe('ffff');
  });

  it('shows at most 2047 points of damage', () => {
    const body = bodyOf('SRV_DAMAGE', { attackerId: 1, defenderId: 2, damage: 99_999, action: 4 });
    expect(body).toBe('01000200ff27');
  });
});
