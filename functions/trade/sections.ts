import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { TradeServices } from './services.ts';

/** The sections that trade works with: it owns the first. */
export type TradeKey = 'trade' | 'shop' | 'inventory' | 'presence' | 'position' | 'vitals';

export type TradeContext = Context<TradeKey, TradeServices>;
export type TradeResult = HandlerResult<TradeKey>;
export type TradePacket<N extends keyof ClientPackets> = PacketHandler<N, TradeKey, TradeServices>;
export type TradeSignal = SignalHandler<TradeKey, TradeServices>;
export type TradeTimer = TimerHandler<TradeKey, TradeServices>;
