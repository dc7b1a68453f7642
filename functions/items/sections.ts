import type {
  Context,
  HandlerResult,
  PacketHandler,
  SignalHandler,
  TimerHandler,
} from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { ItemsServices } from './services.ts';

/** `items`: what this connection was shown and has opened. Volatile; nobody else reads it. */
export interface ItemsSection {
  /** Version of the inventory that the client's picture of it is of. */
  readonly shown: number;
  /** When things that restore hp or mp were last used, milliseconds since 1970. */
  readonly used?: { readonly hp?: number; readonly mp?: number };
  /** Things dropped in the minute that began at `since`. */
  readonly drops?: { readonly since: number; readonly count: number };
  /** The bank was opened in this connection, with its password if it has one. */
  readonly bankOpen?: boolean;
  /** Times of wrong bank passwords within the last minute. */
  readonly wrongPasswords?: readonly number[];
}

/** The sections that items work with: they own `inventory`, `ground` and their own. */
export type ItemsKey =
  | 'inventory'
  | 'ground'
  | 'character'
  | 'vitals'
  | 'position'
  | 'presence'
  | 'party'
  /** In actors: whether somebody else lives in the region. */
  | 'monsters'
  | { readonly items: ItemsSection };

export type ItemsContext = Context<ItemsKey, ItemsServices>;
export type ItemsResult = HandlerResult<ItemsKey>;
export type ItemsPacket<N extends keyof ClientPackets> = PacketHandler<N, ItemsKey, ItemsServices>;
export type ItemsSignal = SignalHandler<ItemsKey, ItemsServices>;
export type ItemsTimer = TimerHandler<ItemsKey, ItemsServices>;
