import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { ShopServices } from './services.ts';

/** A deal that was asked for and has not been answered. */
export interface WaitingDeal {
  readonly key: string;
  /** Object id of the shop's owner. */
  readonly shop: number;
}

/** The list of a shop, as it was last shown. */
export interface SeenShop {
  /** Object id of the shop's owner. */
  readonly shop: number;
  /** Which opening of it. */
  readonly edition: string;
}

/** `deals`: what this connection waits for, and the shop that it last looked at. Volatile; nobody else reads it. */
export interface DealsSection {
  readonly waiting: readonly WaitingDeal[];
  readonly seen?: SeenShop;
}

/** The sections that shops work with: they own `shop` and their own. */
export type ShopKey =
  | 'shop'
  | 'wishes'
  | 'trade'
  | 'inventory'
  | 'presence'
  | 'position'
  | 'vitals'
  | 'character'
  | { readonly deals: DealsSection };

export type ShopContext = Context<ShopKey, ShopServices>;
export type ShopResult = HandlerResult<ShopKey>;
export type ShopPacket<N extends keyof ClientPackets> = PacketHandler<N, ShopKey, ShopServices>;
export type ShopSignal = SignalHandler<ShopKey, ShopServices>;
export type ShopTimer = TimerHandler<ShopKey, ShopServices>;
