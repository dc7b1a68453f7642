import { type Reader, Writer } from './bytes.ts';
import type { LittleClient } from './little-client.ts';
import { S } from './packets.ts';
import type { Player } from './player.ts';

/** Packet numbers of items, as the tests' own client knows them. */
export const I = {
  USE: 0x56b,
  DROP: 0x56d,
  EQUIP: 0x56e,
  PICK: 0x571,
  LOAD: 0x579,
  BANK_LIST: 0x57c,
  BANK_ITEM: 0x57e,
  CRAFT: 0x580,
  APPRAISE: 0x590,
  ENHANCE: 0x593,
  RIDE: 0x5a4,
  REPAIR_TOOL: 0x5a6,
  REPAIR_NPC: 0x5a7,
  CRAFT_STATUS: 0x5b4,
  BANK_MONEY: 0x5b6,
} as const;

export const O = {
  SET_MONEY_AND_ITEM: 0x51f,
  SET_ITEM: 0x520,
  SET_MONEY: 0x525,
  USED: 0x56c,
  EQUIPPED: 0x56f,
  LYING: 0x570,
  PICKED: 0x572,
  LOADED: 0x57a,
  BANK_LIST: 0x57d,
  BANK_ITEM: 0x57f,
  CRAFTED: 0x581,
  APPRAISED: 0x591,
  ENHANCED: 0x594,
  RIDE: 0x5a5,
  LIFE: 0x5a8,
  CRAFT_STATUS: 0x5b5,
  BANK_MONEY: 0x5b7,
} as const;

export interface WireItem {
  readonly type: number;
  readonly id: number;
  readonly data: number;
}

export const PICK_RESULT = { OK: 0, NO_ITEM: 1, NOT_OWNER: 2, FULL: 3 };
export const MONEY_TYPE = 31;

export function readItem(reader: Reader): WireItem {
  const header = reader.u16();
  return { type: header & 31, id: (header >> 5) & 1023, data: reader.u32() };
}

/** Something that lies on the ground, as a client is told of it. */
export interface Lying {
  readonly x: number;
  readonly y: number;
  readonly item: WireItem;
  readonly objectId: number;
  readonly ownerId: number;
}

export function readLying(reader: Reader): Lying {
  const [x, y] = [reader.f32(), reader.f32()];
  const item = readItem(reader);
  return { x, y, item, objectId: reader.u16(), ownerId: reader.u16() };
}

/** A player's own picture of what it owns, kept by the packets that change it. */
export class Belongings {
  zuly: bigint;
  readonly slots = new Map<number, WireItem>();

  constructor(player: Pick<Player, 'zuly' | 'bag'>) {
    this.zuly = player.zuly;
    for (const { slot, type, id, data } of player.bag) this.slots.set(slot, { type, id, data });
  }

  /** Takes over everything in the inbox that changes the picture. */
  update(client: LittleClient): this {
    for (const { type, reader } of client.takeAll([O.SET_MONEY, O.SET_ITEM, O.SET_MONEY_AND_ITEM])) {
      if (type !== O.SET_ITEM) this.zuly = reader.i64();
      if (type === O.SET_MONEY) continue;
      const count = reader.u8();
      for (let n = 0; n < count; n += 1) {
        const slot = reader.u8();
        const item = readItem(reader);
        if (item.type === 0) this.slots.delete(slot);
        else this.slots.set(slot, item);
      }
    }
    return this;
  }

  /** The slot of the first thing of a kind. */
  slotOf(type: number, id: number): number {
    for (const [slot, item] of this.slots) if (item.type === type && item.id === id) return slot;
    throw new Error(`no ${type}/${id}; there are ${JSON.stringify([...this.slots])}`);
  }
}

export const drop = (player: Player, slot: number, count: number) =>
  player.world.send(I.DROP, new Writer().u8(slot).u32(count).done());

export const pickUp = (player: Player, objectId: number) =>
  player.world.send(I.PICK, new Writer().u16(objectId).done());

/** Waits until something of that kind is seen to lie there. */
export async function seeLying(player: Player, type: number, id: number): Promise<Lying> {
  const reader = await player.world.take(O.LYING, (one) => {
    const { item } = readLying(one);
    return item.type === type && item.id === id;
  });
  return readLying(reader);
}

/** The result code of a pick-up. */
export async function pickResult(player: Player, objectId: number): Promise<number> {
  const reply = await player.world.take(O.PICKED, (reader) => reader.u16() === objectId);
  return reply.skip(2).u8();
}

/** Waits for the object to go out of sight. */
export async function seeGone(player: Player, objectId: number): Promise<void> {
  await player.world.take(S.REMOVE, (reader) => reader.u16() === objectId);
}
