import { setTimeout as sleep } from 'node:timers/promises';
import { Writer } from '../support/bytes.ts';
import type { Trader } from './trader.ts';

const P = { OPEN: 0x59b, OPENED: 0x59c, CLOSE: 0x59d, CLOSED: 0x59e, BUY: 0x5a1, DEALT: 0x5a3 } as const;
/** Result codes of a deal that took place. */
const BOUGHT = [3, 4];
/** Types of things that come in stacks. */
const STACKS = { from: 10, below: 14 };
/** Milliseconds that one waits for a step of the other, or of the service. */
const STEP = 700;

/**
 * `owner` opens a shop with something of its bag, `visitor` buys of it once or twice, and the shop is closed, in order or by a lost
 * connection. How many deals the visitor was told of.
 */
export async function keepShop(owner: Trader, visitor: Trader, any: number): Promise<number> {
  const slot = owner.slot(any);
  const item = slot === undefined ? undefined : owner.look().slots.get(slot);
  if (slot === undefined || item === undefined) return 0;
  for (const one of [owner, visitor]) one.forget([P.OPENED, P.CLOSED, P.DEALT]);
  const shop = owner.objectId;
  const header = item.type | (item.id << 5);
  const stack = item.type >= STACKS.from && item.type < STACKS.below;
  // Part of a stack is for sale, or all of it; the data of other things are not a count.
  const offered = stack && any % 3 > 0 ? 1 + (any % item.data) : item.data;
  const price = 1 + (any % 25);
  const goods = new Writer().u8(1).u8(0).u8(slot).u16(header).u32(offered).u32(price);
  owner.send('shop', P.OPEN, goods.done());
  if ((await visitor.told(P.OPENED, (one) => one.u16() === shop, STEP)) === undefined) return 0;

  const times = any % 4 === 0 ? 2 : 1;
  for (let n = 0; n < times; n += 1) {
    const count = stack ? 1 + ((any >> 3) % (offered + 1)) : item.data;
    const body = new Writer().u16(shop).u8(1).u8(0).u16(header).u32(count);
    visitor.send('shop', P.BUY, body.done());
  }
  // What is for sale is dropped, or either side is gone, in the very moment.
  if (any % 7 === 0) owner.drop(any);
  if (any % 17 === 0) owner.leave();
  if (any % 19 === 0) visitor.leave();
  if (any % 5 === 0) await sleep(any % 4);
  else if (any % 11 === 0) owner.send('shop', P.CLOSE, Buffer.alloc(0));
  let deals = 0;
  for (let n = 0; n < times; n += 1) {
    const dealt = await visitor.told(P.DEALT, (one) => one.u16() === shop, STEP);
    if (dealt !== undefined && BOUGHT.includes(dealt.skip(2).u8())) deals += 1;
  }
  owner.send('shop', P.CLOSE, Buffer.alloc(0));
  if (owner.connected) await owner.told(P.CLOSED, (one) => one.u16() === shop, STEP);
  return deals;
}
