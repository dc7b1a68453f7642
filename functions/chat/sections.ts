import type { Context, HandlerResult, PacketHandler, SignalHandler } from '../../shared/kit/index.ts';
import type { ClientPackets } from '../../shared/protocol/packets.generated.ts';
import type { ChatServices } from './services.ts';

/** The sections that chat works with: it owns the first. */
export type ChatSections = 'chat' | 'presence' | 'character' | 'party' | 'clan';

export type ChatContext = Context<ChatSections, ChatServices>;
export type ChatResult = HandlerResult<ChatSections>;
export type ChatPacket<N extends keyof ClientPackets> = PacketHandler<N, ChatSections, ChatServices>;
export type ChatSignal = SignalHandler<ChatSections, ChatServices>;
