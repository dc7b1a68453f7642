import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { ShopServices } from './services.ts';
import type { DealsSection } from './waiting.ts';

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
