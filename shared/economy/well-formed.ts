import type { StoredItem } from '../sections/index.ts';
import { MAX_STACK } from '../world/item-types.ts';
import type { Container } from './container.ts';
import { isMoney } from './money.ts';
import { BANK_SLOTS, INVENTORY_SLOTS } from './places.ts';
import type { Goods, GroundItem, Part, Settlement } from './settlement.ts';

const INVENTORY = new Set(INVENTORY_SLOTS.map(String));
const BANK = new Set(BANK_SLOTS.map(String));
/** A pile of money on the ground travels as a 32-bit count. */
const MAX_PILE = 0xffff_ffffn;

/** What is wrong with a settlement whatever the entities hold, or null. A handler that gets this has a bug. */
export function malformed(settlement: Settlement): string | null {
  const entities = new Set<string>();
  for (const part of settlement.parts) {
    const name = entityOf(part);
    if (part.kind !== 'mailbox' && entities.has(name)) return `${name} appears twice`;
    entities.add(name);
    const problem = problemOf(part);
    if (problem !== null) return `${name}: ${problem}`;
  }
  for (const flow of [...(settlement.minted ?? []), ...(settlement.burned ?? [])]) {
    const problem = badGoods(flow);
    if (problem !== null) return `${flow.reason}: ${problem}`;
  }
  return null;
}

/** A name that two different entities never share; every new mailbox row is an entity of its own. */
function entityOf(part: Part): string {
  switch (part.kind) {
    case 'inventory':
    case 'bank':
      return `${part.kind} of ${part.characterId}`;
    case 'ground-put':
      return `ground ${part.row.map}/${part.row.region}/${part.row.id}`;
    case 'ground-take':
      return `ground ${part.map}/${part.region}/${part.id}`;
    case 'mailbox':
      return `new mail of ${part.characterId}`;
    case 'mailbox-take':
      return `mail ${part.id} of ${part.characterId}`;
  }
}

function problemOf(part: Part): string | null {
  switch (part.kind) {
    case 'inventory':
      return badContainer(part.next, INVENTORY);
    case 'bank':
      return badContainer(part.next, BANK);
    case 'ground-put':
      return badGround(part.row);
    case 'mailbox':
      return part.goods === undefined ? null : badGoods(part.goods);
    default:
      return null;
  }
}

function badContainer(container: Container, slots: ReadonlySet<string>): string | null {
  if (!isMoney(container.zuly)) return `zuly is ${container.zuly}`;
  for (const [slot, item] of Object.entries(container.slots)) {
    if (!slots.has(slot)) return `there is no slot ${slot}`;
    const problem = badItem(item);
    if (problem !== null) return `slot ${slot}: ${problem}`;
  }
  const identities = Object.values(container.slots).map(({ uid }) => uid);
  return new Set(identities).size === identities.length ? null : 'two things have one identity';
}

function badGround({ item, money }: GroundItem): string | null {
  if ((item === undefined) === (money === undefined)) return 'it must hold either an item or money';
  if (item !== undefined) return badItem(item);
  if (!isMoney(money) || money === '0' || BigInt(money) > MAX_PILE) return `money is ${money}`;
  return null;
}

function badGoods({ money, items }: Goods): string | null {
  if (money !== undefined && !isMoney(money)) return `money is ${money}`;
  for (const item of items ?? []) {
    const problem = badItem(item);
    if (problem !== null) return problem;
  }
  return null;
}

function badItem(item: StoredItem): string | null {
  if (item.uid === '') return 'a thing has no identity';
  if (!fits(item.type, 5) || !fits(item.id, 10)) return `no such item: ${item.type}/${item.id}`;
  if (item.kind === 'stack') {
    const good = Number.isInteger(item.count) && item.count >= 1 && item.count <= MAX_STACK;
    return good ? null : `a stack of ${item.count}`;
  }
  const { gem, durability, life, refine } = item;
  return fits(gem, 9) && fits(durability, 7) && fits(life, 10) && fits(refine, 4)
    ? null
    : 'a field does not fit the wire';
}

function fits(value: number, bits: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** bits;
}
