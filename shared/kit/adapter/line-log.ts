import type { Message, Turn } from '../../contract/index.ts';
import type { HandlerLog } from '../context.ts';
import type { Line } from '../line.ts';
import type { Running } from './running.ts';

/** What a thrown value says of itself: name, message, code and stack, of its causes too. Never a payload. */
function described(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: described(cause) }) };
}

/** A log whose lines say where they come from: family, connection, turn and message; never the payload. */
export function lineLog(running: Running, turn: Turn, message: Message): HandlerLog {
  const write = (level: Line['level'], text: string, fields: object = {}): void => {
    const plain = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        value instanceof Error || key === 'error' ? described(value) : value,
      ]),
    );
    running.host.lines({
      level,
      message: text,
      fields: {
        family: running.manifest.name,
        connection: turn.connection.id,
        turn: turn.turnId,
        attempt: turn.attempt,
        seq: message.seq,
        on: message.name,
        ...plain,
      },
    });
  };
  return {
    info: (text, fields) => write('info', text, fields),
    warn: (text, fields) => write('warn', text, fields),
    error: (text, fields) => write('error', text, fields),
  };
}
