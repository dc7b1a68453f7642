import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { AuthServices } from './services.ts';

/** The sections that auth works with: it owns the first. */
export type AuthSection = 'session' | 'vitals';

export type AuthContext = Context<AuthSection, AuthServices>;
export type AuthResult = HandlerResult<AuthSection>;
export type AuthPacket<N extends keyof ClientPackets> = PacketHandler<N, AuthSection, AuthServices>;
export type AuthSignal = SignalHandler<AuthSection, AuthServices>;
export type AuthTimer = TimerHandler<AuthSection, AuthServices>;
