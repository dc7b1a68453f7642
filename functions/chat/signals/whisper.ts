import type { Json } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { Text } from '../../../shared/protocol/index.ts';
import type { ChatSignal } from '../sections.ts';

/** A whisper has reached its target. */
export const whisper: ChatSignal = (_context, { sender, message }) => {
  const text = textOf(message);
  if (typeof sender !== 'string' || text === undefined) return { refused: 'bad_signal' };
  return { replies: [packet('SRV_WHISPER_CHAT', { sender, message: text })] };
};

function textOf(value: Json | undefined): Text | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('$hex' in value)) return undefined;
  const { $hex } = value;
  return typeof $hex === 'string' ? { $hex } : undefined;
}
