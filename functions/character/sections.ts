import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { CharacterServices } from './services.ts';

/** The sections that the character family works with: it owns the first. */
export type CharacterFamilySection =
  | 'character'
  | 'vitals'
  | 'inventory'
  | 'session'
  | 'position'
  | 'presence'
  | 'monsters'
  | 'wishes';

export type CharacterContext = Context<CharacterFamilySection, CharacterServices>;
export type CharacterResult = HandlerResult<CharacterFamilySection>;
export type CharacterPacket<N extends keyof ClientPackets> = PacketHandler<
  N,
  CharacterFamilySection,
  CharacterServices
>;
export type CharacterSignal = SignalHandler<CharacterFamilySection, CharacterServices>;
export type CharacterTimer = TimerHandler<CharacterFamilySection, CharacterServices>;
