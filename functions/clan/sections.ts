import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { ClanServices } from './services.ts';

/** The sections that the clan family works with: it owns the first. */
export type ClanFamilySection = 'clan' | 'character' | 'presence';

export type ClanContext = Context<ClanFamilySection, ClanServices>;
export type ClanResult = HandlerResult<ClanFamilySection>;
export type ClanPacket<N extends keyof ClientPackets> = PacketHandler<N, ClanFamilySection, ClanServices>;
export type ClanSignal = SignalHandler<ClanFamilySection, ClanServices>;
export type ClanTimer = TimerHandler<ClanFamilySection, ClanServices>;
