import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { PartyServices } from './services.ts';

/** The sections that the party family works with: it owns the first. */
export type PartyFamilySection = 'party' | 'character' | 'vitals' | 'position' | 'presence';

export type PartyContext = Context<PartyFamilySection, PartyServices>;
export type PartyResult = HandlerResult<PartyFamilySection>;
export type PartyPacket<N extends keyof ClientPackets> = PacketHandler<N, PartyFamilySection, PartyServices>;
export type PartySignal = SignalHandler<PartyFamilySection, PartyServices>;
export type PartyTimer = TimerHandler<PartyFamilySection, PartyServices>;
