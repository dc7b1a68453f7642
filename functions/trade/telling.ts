import type { NamedPacket } from '../../shared/contract/index.ts';
import { changedSlots, wireItem, wireMoney, wireSlots } from '../../shared/economy/index.ts';
import { packet } from '../../shared/kit/index.ts';
import { TradeState } from '../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../shared/sections/index.ts';
import type { Shown, Side } from './machine.ts';
import { MONEY_SLOT } from './offering.ts';

const STATES = {
  accepted: TradeState.ACCEPT,
  ready: TradeState.READY,
  not_ready: TradeState.NOTREADY,
} as const;

/** A step of the partner, or the end. `target` is the partner's object id. */
export function tradePacket(state: number, target: number): NamedPacket {
  return packet('SRV_TRADE', { state, target });
}

/** What the partner said, for the client. */
export function shownPacket(shown: Shown, { partner }: Side): NamedPacket {
  switch (shown.kind) {
    case 'item':
      return packet('SRV_TRADE_ITEM', { slot: shown.slot, item: wireItem(shown.offered?.item) });
    case 'money': {
      const item = shown.amount === 0 ? {} : wireMoney(BigInt(shown.amount));
      return packet('SRV_TRADE_ITEM', { slot: MONEY_SLOT, item });
    }
    default:
      return tradePacket(STATES[shown.kind], partner.objectId);
  }
}

/** Money, and every slot that looks different. Always sent, whatever has changed: clients wait for it. */
export function moneyAndItems(before: InventorySection, after: InventorySection): NamedPacket {
  const items = wireSlots(after, changedSlots(before, after));
  return packet('SRV_SET_MONEY_AND_ITEM', { zuly: after.zuly, items });
}
