import { SIGNALS } from '../names.ts';
import type { OperatorsSignal } from '../sections.ts';
import { whisper } from '../whisper.ts';

const OWN: ReadonlySet<string> = new Set(Object.values(SIGNALS));

/** Somebody that a command meant is not in the world. */
export const undeliverable: OperatorsSignal = (_context, { name, payload }) => {
  if (typeof payload !== 'object' || payload === null || !('operator' in payload)) return {};
  if (typeof name !== 'string') return {};
  const meant = payload.name;
  const who = typeof meant === 'string' ? meant : 'The player';
  return {
    replies: [whisper(`${who} is not in the world.`)],
    refused: OWN.has(name) ? 'target_offline' : 'nobody_there',
  };
};
