import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { CombatServices } from './services.ts';

/** The sections that combat works with: it owns the first five. */
export type CombatSection =
  | 'vitals'
  | 'effects'
  | 'fight'
  | 'monsters'
  | 'graves'
  | 'character'
  | 'inventory'
  | 'position'
  | 'presence'
  | 'party'
  | 'ground';

export type CombatContext = Context<CombatSection, CombatServices>;
export type CombatResult = HandlerResult<CombatSection>;
export type CombatPacket<N extends keyof ClientPackets> = PacketHandler<N, CombatSection, CombatServices>;
export type CombatSignal = SignalHandler<CombatSection, CombatServices>;
export type CombatTimer = TimerHandler<CombatSection, CombatServices>;
