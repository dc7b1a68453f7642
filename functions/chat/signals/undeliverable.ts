import { COMMAND, UNKNOWN_COMMAND } from '../commands.ts';
import type { ChatSignal } from '../sections.ts';
import { notOnline, WHISPER } from '../whispers.ts';

/** A signal of this connection found nobody. Those of other families are not ours to answer. */
export const undeliverable: ChatSignal = (_context, { name, payload }) => {
  if (name === COMMAND) return UNKNOWN_COMMAND;
  if (name !== WHISPER) return {};
  const target =
    typeof payload === 'object' && payload !== null && 'target' in payload ? payload.target : undefined;
  return {
    replies: [notOnline(typeof target === 'string' ? target : 'This character')],
    refused: 'target_offline',
  };
};
