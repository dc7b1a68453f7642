import { PATIENCE, WAITING } from './names.ts';
import type { ShopContext, ShopResult } from './sections.ts';

/** Deals that one connection may wait for at a time. */
const MAX_WAITING = 20;

/** A deal that was asked for and has not been answered. */
export interface WaitingDeal {
  readonly key: string;
  /** Object id of the shop's owner. */
  readonly shop: number;
}

/** `deals`: what this connection waits for. Volatile; nobody else reads it. Absent: nothing. */
export interface DealsSection {
  readonly waiting: readonly WaitingDeal[];
}

type Change = Pick<ShopResult, 'state' | 'timers'>;

export function waitingIn(context: ShopContext): readonly WaitingDeal[] {
  return context.sections.deals?.waiting ?? [];
}

/** From now on the deal is waited for; undefined when there are too many already. */
export function waitFor(context: ShopContext, deal: WaitingDeal): Change | undefined {
  const waiting = waitingIn(context);
  if (waiting.length >= MAX_WAITING) return undefined;
  return {
    state: { sections: { deals: { ...context.sections.deals, waiting: [...waiting, deal] } } },
    timers: [{ name: WAITING, at: context.now + PATIENCE }],
  };
}

/** The deal has been answered. */
export function answered(context: ShopContext, key: string): Change {
  const waiting = waitingIn(context).filter((one) => one.key !== key);
  if (waiting.length === 0) return nothingToWaitFor();
  return { state: { sections: { deals: { ...context.sections.deals, waiting } } } };
}

export function nothingToWaitFor(): Change {
  return { state: { sections: { deals: null } }, timers: [{ name: WAITING, cancel: true }] };
}
