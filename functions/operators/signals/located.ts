import { whereIs } from '../../../shared/world/whereabouts.ts';
import { placeText } from '../commands/where.ts';
import { SIGNALS, TIMERS } from '../names.ts';
import type { OperatorsSignal } from '../sections.ts';
import { whisper } from '../whisper.ts';

/** An operator asks where this character is. */
export const locate: OperatorsSignal = (context, { name, purpose }, message) => {
  const { position, presence } = context.sections;
  if (typeof name !== 'string' || typeof purpose !== 'string') return { refused: 'bad_signal' };
  const to = `connection/${message.from.connection}`;
  if (position === undefined || presence === undefined) {
    const payload = { text: `${name} is not in the world.` };
    return { signals: [{ to, name: SIGNALS.told, payload }] };
  }
  const { x, y } = whereIs(position, context.now);
  const payload = { name, purpose, map: presence.map, x, y };
  return { signals: [{ to, name: SIGNALS.located, payload }] };
};

/** The answer: the operator is told, or goes there. */
export const located: OperatorsSignal = (context, { name, purpose, map, x, y }) => {
  if (typeof name !== 'string' || typeof map !== 'number') return { refused: 'bad_signal' };
  if (typeof x !== 'number' || typeof y !== 'number') return { refused: 'bad_signal' };
  if (purpose !== 'teleport') return { replies: [whisper(placeText(`${name} is`, map, { x, y }))] };
  return { timers: [{ name: TIMERS.go, at: context.now, payload: { map, x, y } }] };
};

/** Something for the operator to read. */
export const told: OperatorsSignal = (_context, { text }) =>
  typeof text === 'string' ? { replies: [whisper(text)] } : { refused: 'bad_signal' };
