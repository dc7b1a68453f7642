import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { MovementServices } from './services.ts';

/** The sections that movement works with: it owns the first two. */
export type MovementSection = 'position' | 'presence' | 'character' | 'vitals' | 'inventory' | 'effects';

export type MovementContext = Context<MovementSection, MovementServices>;
export type MovementResult = HandlerResult<MovementSection>;
export type MovementPacket<N extends keyof ClientPackets> = PacketHandler<
  N,
  MovementSection,
  MovementServices
>;
export type MovementSignal = SignalHandler<MovementSection, MovementServices>;
export type MovementTimer = TimerHandler<MovementSection, MovementServices>;
