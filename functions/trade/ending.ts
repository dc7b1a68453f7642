import type { Signal } from '../../shared/contract/index.ts';
import { TradeState } from '../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../shared/sections/index.ts';
import { isBinding, type Side } from './machine.ts';
import { SIGNALS, TICK, TICK_INTERVAL } from './names.ts';
import type { TradeContext, TradeResult } from './sections.ts';
import { cancel, type Fate, settle } from './settling.ts';
import { moneyAndItems, tradePacket } from './telling.ts';

/** What ends, and who is told. */
export interface Ending {
  /** Of TradeState. */
  readonly code: number;
  /** The own client asked for it itself, and needs not be told. @default true */
  readonly tellSelf?: boolean;
  /** False when the partner knows. @default true */
  readonly tellPartner?: boolean;
  /** Counted as a refusal. @default none */
  readonly refused?: string;
}

/** Ends the trade for this side. If it may have been carried out, its receipt decides what both are told. */
export async function end(context: TradeContext, side: Side, ending: Ending): Promise<TradeResult> {
  const fate: Fate = isBinding(side) ? await cancel(context, side) : { code: 'cancelled' };
  if (fate.code === 'done') return finished(context, side, fate.inventory, ending.tellPartner);
  if (fate.code === 'failed') return later({ ...side, ending: ending.code }, context.now);
  return over(side, ending);
}

/** Both have agreed: the exchange, and what both are told. */
export async function conclude(context: TradeContext, side: Side): Promise<TradeResult> {
  const fate = await settle(context, side);
  switch (fate.code) {
    case 'done':
      return finished(context, side, fate.inventory);
    case 'failed':
      return later(side, context.now);
    case 'cancelled':
      return over(side, { code: TradeState.CANCEL });
    default: {
      const code = fate.code === 'no_space' ? TradeState.NO_SPACE : TradeState.CANCEL;
      return end(context, side, { code, refused: fate.code });
    }
  }
}

/** The trade was carried out: the client is shown what it has now, then that it is over. */
export function finished(
  context: TradeContext,
  side: Side,
  inventory: InventorySection,
  tellPartner = true,
): TradeResult {
  const before = context.sections.inventory ?? inventory;
  return {
    state: { sections: { trade: null } },
    replies: [moneyAndItems(before, inventory), tradePacket(TradeState.DONE, side.partner.objectId)],
    signals: tellPartner ? [overSignal(side, TradeState.DONE)] : [],
    timers: [{ name: TICK, cancel: true }],
    reread: ['inventory'],
  };
}

/** Tells the partner that there is no trade of this id, or no more. */
export function overSignal(side: Pick<Side, 'id' | 'partner' | 'me'>, code: number): Signal {
  const { id, partner, me } = side;
  const to =
    partner.connection === null ? `object/${me.map}/${partner.objectId}` : `connection/${partner.connection}`;
  return { to, name: SIGNALS.over, payload: { id, code } };
}

function over(side: Side, { code, tellSelf = true, tellPartner = true, refused }: Ending): TradeResult {
  return {
    state: { sections: { trade: null } },
    replies: tellSelf ? [tradePacket(code, side.partner.objectId)] : [],
    signals: tellPartner ? [overSignal(side, code)] : [],
    timers: [{ name: TICK, cancel: true }],
    ...(refused === undefined ? {} : { refused }),
  };
}

/** Nobody can say yet what has become of it: asked again at the next tick. */
function later(side: Side, now: number): TradeResult {
  return {
    state: { sections: { trade: side } },
    timers: [{ name: TICK, at: now + TICK_INTERVAL }],
    refused: 'service_down',
  };
}
