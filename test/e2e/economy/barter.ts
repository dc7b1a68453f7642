import { setTimeout as sleep } from 'node:timers/promises';
import { TRADE, type Trader } from './trader.ts';

/** Milliseconds that one waits for a step of the partner. */
const STEP = 1_500;
const ENDED = [TRADE.CANCEL, TRADE.REJECT, 7, 8, 9, 10, 11];

/**
 * One trade from request to end, with offers, second thoughts and cancellations by `any`. Either side may be thrown out at any
 * point. True when one of them was told that it is done.
 */
export async function barter(one: Trader, other: Trader, any: number): Promise<boolean> {
  one.forget();
  other.forget();
  one.trade(TRADE.REQUEST, other.objectId);
  if ((await other.heard([TRADE.REQUEST], STEP)) === undefined) return false;
  other.trade(TRADE.ACCEPT, one.objectId);
  if ((await one.heard([TRADE.ACCEPT, ...ENDED], STEP)) !== TRADE.ACCEPT) return false;

  one.offer(10, 0, any % 50);
  const slot = one.slot(any);
  if (slot !== undefined) one.offer(any % 10, slot, 1);
  const back = other.slot(any + 1);
  if (back !== undefined) other.offer((any + 3) % 10, back, 1 + (any % 3));
  if (any % 7 === 0) other.offer(10, 0, 5 + (any % 20));
  if (any % 11 === 0) one.offer(10, 0, 0);
  await sleep(any % 4);
  if (any % 23 === 0) {
    one.trade(TRADE.CANCEL, other.objectId);
    return false;
  }
  // Offers must have arrived before one is ready, since each takes both readies back.
  await sleep(30);
  one.trade(TRADE.READY, other.objectId);
  other.trade(TRADE.READY, one.objectId);
  await Promise.all([one.heard([TRADE.READY, ...ENDED], STEP), other.heard([TRADE.READY, ...ENDED], STEP)]);
  one.trade(TRADE.DONE, other.objectId);
  other.trade(TRADE.DONE, one.objectId);
  if (any % 5 === 0) one.trade(TRADE.DONE, other.objectId);
  // A drop of what is on offer, in the very moment.
  if (any % 13 === 0) other.drop(any);
  if (any % 97 === 0) one.leave();
  const heard = await Promise.all([
    one.heard([TRADE.DONE, ...ENDED], STEP),
    other.heard([TRADE.DONE, ...ENDED], STEP),
  ]);
  if (heard.includes(TRADE.DONE)) return true;
  if (one.connected) one.trade(TRADE.CANCEL, other.objectId);
  if (other.connected) other.trade(TRADE.CANCEL, one.objectId);
  return false;
}
