import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { MessengerServices } from './services.ts';

/** The sections that the messenger works with: it owns the first. */
export type MessengerFamilySection = 'messenger' | 'character' | 'presence';

export type MessengerContext = Context<MessengerFamilySection, MessengerServices>;
export type MessengerResult = HandlerResult<MessengerFamilySection>;
export type MessengerPacket<N extends keyof ClientPackets> = PacketHandler<
  N,
  MessengerFamilySection,
  MessengerServices
>;
export type MessengerSignal = SignalHandler<MessengerFamilySection, MessengerServices>;
export type MessengerTimer = TimerHandler<MessengerFamilySection, MessengerServices>;
