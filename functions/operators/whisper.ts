import type { NamedPacket } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';

/** The service itself speaks to a player. */
export function whisper(message: string): NamedPacket {
  return packet('SRV_WHISPER_CHAT', { sender: 'SERVER', message });
}
