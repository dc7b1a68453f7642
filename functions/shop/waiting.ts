import { PATIENCE, WAITING } from './names.ts';
import type { ShopContext, ShopResult, ShopSignal, WaitingDeal } from './sections.ts';

/** Deals that one connection may wait for at a time. */
const MAX_WAITING = 20;

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
  return waiting.length > 0
    ? { state: { sections: { deals: { ...context.sections.deals, waiting } } } }
    : nothingToWaitFor(context);
}

export function nothingToWaitFor({ sections: { deals } }: ShopContext): Change {
  // What else is kept there stays: what was seen, and what a newer version added.
  const kept = deals !== undefined && Object.keys(deals).some((field) => field !== 'waiting');
  const rest = kept ? { ...deals, waiting: [] } : null;
  return { state: { sections: { deals: rest } }, timers: [{ name: WAITING, cancel: true }] };
}

/** The own client has been shown what a shop offers. */
export const seen: ShopSignal = (context, { shop, edition }) => {
  if (typeof shop !== 'number' || typeof edition !== 'string') return { refused: 'bad_signal' };
  return {
    state: {
      sections: {
        deals: { ...context.sections.deals, waiting: waitingIn(context), seen: { shop, edition } },
      },
    },
  };
};
