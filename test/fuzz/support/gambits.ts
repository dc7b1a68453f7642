import { ITEM_TYPES } from '../../../shared/world/item-types.ts';
import { world } from '../../../shared/world/world.ts';
import type { Player } from '../../e2e/support/player.ts';
import type { Dice } from './dice.ts';

/** A packet by name, and which of the two sends it. */
export interface Move {
  readonly by: 'one' | 'other';
  readonly packet: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const one = (packet: string, fields: Move['fields'] = {}): Move => ({ by: 'one', packet, fields });
const other = (packet: string, fields: Move['fields'] = {}): Move => ({ by: 'other', packet, fields });

function thing(player: Player, dice: Dice) {
  const { slot, type, id, data } = dice.pick(player.bag);
  return { slot, item: { header: { type, id }, data: { count: data } }, count: data & 0xffff };
}

type Gambit = (a: Player, b: Player, dice: Dice, ids: readonly number[]) => Move[];

const TRADE = { REQUEST: 0, ACCEPT: 1, READY: 4, DONE: 6 };

const trade: Gambit = (a, b, dice) => {
  const both = (state: number): Move[] => [
    one('CLI_TRADE', { state, target: b.objectId }),
    other('CLI_TRADE', { state, target: a.objectId }),
  ];
  const offers = [one, other].map((by) =>
    by('CLI_TRADE_ITEM', { slot: dice.below(10), index: thing(a, dice).slot, amount: 1 }),
  );
  const money = one('CLI_TRADE_ITEM', { slot: 10, index: 0, amount: dice.below(200) });
  return [
    one('CLI_TRADE', { state: TRADE.REQUEST, target: b.objectId }),
    other('CLI_TRADE', { state: TRADE.ACCEPT, target: a.objectId }),
    ...offers,
    money,
    ...both(TRADE.READY),
    ...both(TRADE.DONE),
  ];
};

const party: Gambit = (a, b, dice) => [
  one('CLI_PARTY_REQ', { type: 0, target: b.objectId }),
  other('CLI_PARTY_REPLY', { type: 2, target: a.objectId }),
  one('CLI_PARTY_RULE', { rule: dice.pick([0, 1, 128, 129]) }),
  one('CLI_PARTY_CHAT', { message: 'here we go' }),
  dice.chance(0.3)
    ? one('CLI_PARTY_REQ', { type: 3, target: b.objectId })
    : other('CLI_PARTY_REQ', { type: 2, target: a.objectId }),
];

const shop: Gambit = (a, b, dice) => {
  const goods = [0, 1, 2].map(() => thing(a, dice));
  const items = goods.map(({ slot, item }) => ({ index: slot, item, price: 1 + dice.below(90) }));
  const wanted = thing(b, dice);
  return [
    one('CLI_SHOP_OPEN', {
      sell_count: items.length,
      wishlist_count: 1,
      items: [...items, { index: 0, item: wanted.item, price: 5 }],
    }),
    other('CLI_SHOP_LIST_REQ', { id: a.objectId }),
    other('CLI_SHOP_BUY_REQ', { id: a.objectId, count: 1, items: [{ index: 0, item: goods[0]?.item }] }),
    other('CLI_SHOP_SELL_REQ', {
      id: a.objectId,
      count: 1,
      items: [{ inventory_index: wanted.slot, wishlist_index: 0, item: wanted.item }],
    }),
    one('CLI_SHOP_CLOSE'),
  ];
};

const bank: Gambit = (a, _b, dice) => {
  const { slot, item } = thing(a, dice);
  return [
    one('CLI_BANK_LIST_REQ', { request: 0, password: '' }),
    one('CLI_BANK_MOVE_ITEM', { mode: 16, index: slot, item, use_special_tab: 0 }),
    one('CLI_BANK_MOVE_MONEY', { mode: 16, amount: String(1 + dice.below(500)) }),
    one('CLI_BANK_MOVE_MONEY', { mode: 17, amount: String(1 + dice.below(500)) }),
    one('CLI_BANK_MOVE_ITEM', { mode: 17, index: dice.below(4), item, use_special_tab: 0 }),
  ];
};

const wares: Gambit = (a, _b, dice) => [
  one('CLI_STORE_TRADE_REQ', {
    npc_id: dice.pick([1, 2, 3, 4]),
    is_buy: 1,
    is_sell: 0,
    time: 0,
    item: { buy_tab_id: dice.below(3), buy_col_id: dice.below(6), buy_amount: 1 + dice.below(3) },
  }),
  one('CLI_STORE_TRADE_REQ', {
    npc_id: dice.pick([1, 2, 3, 4]),
    is_buy: 0,
    is_sell: 1,
    time: 0,
    item: { sell_inventory_idx: thing(a, dice).slot, sell_amount: 1 },
  }),
  one('CLI_REPAIR_NPC', { npc_id: 1, target_index: thing(a, dice).slot }),
];

const carry: Gambit = (a, _b, dice) => {
  const { slot, item, count } = thing(a, dice);
  return [
    one('CLI_DROP_ITEM', { index: slot, quantity: Math.max(1, Math.min(count, 1 + dice.below(5))) }),
    one('CLI_EQUIP_ITEM', { slotTo: 1 + dice.below(11), slotFrom: slot }),
    one('CLI_USE_ITEM', { index: slot, item_id: item.header.id }),
    one('CLI_APPRAISAL_REQ', { index: slot }),
    one('CLI_CRAFT_ENHANCE_REQ', {
      enhancement: dice.below(5),
      data: { gem_target: slot, gem_source: thing(a, dice).slot },
    }),
  ];
};

const fight: Gambit = (_a, _b, dice, ids) => [
  one('CLI_ATTACK', { targetId: dice.pick(ids) }),
  one('CLI_SKILL_CAST_TARGET', { target: dice.pick(ids), slot: dice.below(9) }),
  one('CLI_SKILL_CAST_SELF', { slot: dice.below(9) }),
  one('CLI_PICKUP_ITEM_REQ', { item_id: dice.pick(ids) }),
];

const stroll: Gambit = (a, _b, dice) => {
  const [x, y] = [a.x + dice.below(200) - 100, a.y + dice.below(200) - 100];
  return [
    one('CLI_TOGGLE_MOVE', { type: 2 }),
    one('CLI_MOUSE_CMD', { targetId: 0, x, y, z: 0 }),
    one('CLI_STOP', { x: a.x, y: a.y }),
    one('CLI_STOP_MOVING', { x: a.x, y: a.y, z: 0 }),
    one('CLI_SET_POSITION', { x: a.x, y: a.y }),
  ];
};

const gate: Gambit = (a, _b, dice) => [
  one('CLI_TELEPORT_REQ', { id: dice.pick([1, 2, 3, 4]), x: a.x, y: a.y }),
  one('CLI_CHANGE_MAP_REQ', { weightRate: 0, z: 0 }),
];

const craft: Gambit = (a, _b, dice) => {
  const recipe = dice.pick(world.workshop.recipes);
  const product = world.itemByRef(recipe.product);
  if (product === undefined) return [];
  const slots = recipe.materials.map(({ item }) => {
    const data = world.itemByRef(item);
    const has = a.bag.find(({ type, id }) => type === ITEM_TYPES.material.wire && id === data?.id);
    return has?.slot ?? 0;
  });
  const material_slots = [0, 1, 2, 3].map((index) => slots[index] ?? 0);
  const type = ITEM_TYPES[product.type].wire;
  return [one('CLI_CRAFT_REQ', { slot: 0, type, id: product.id, material_slots })];
};

const rise: Gambit = (_a, _b, dice) => [
  one('CLI_STAT_ADD_REQ', { stat: dice.below(6) }),
  one('CLI_REVIVE_REQ', { reviveType: 1 + dice.below(4) }),
  one('CLI_SKILL_LEVEL_REQ', { slot: dice.below(12), next_index: dice.below(20) }),
];

const GAMBITS = [
  trade,
  trade,
  party,
  shop,
  bank,
  wares,
  carry,
  carry,
  fight,
  fight,
  stroll,
  rise,
  gate,
  craft,
  craft,
];

/** A piece of legal play of two, perhaps broken off in the middle. */
export function gambit(a: Player, b: Player, dice: Dice, ids: readonly number[]): Move[] {
  if (a.bag.length === 0 || b.bag.length === 0) return [];
  const moves = dice.pick(GAMBITS)(a, b, dice, ids);
  return dice.chance(0.6) ? moves : moves.slice(0, 1 + dice.below(moves.length));
}
