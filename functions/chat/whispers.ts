import type { NamedPacket } from '../../shared/contract/index.ts';
import { serverWhisper } from './server-whisper.ts';

/** The signal by which a whisper reaches its target: `{sender, target, message}`. */
export const WHISPER = 'chat.whisper';

/** Tells the sender of a whisper that nobody heard it. */
export function notOnline(target: string): NamedPacket {
  return serverWhisper(`${target} is not online.`);
}
