import type { Fields } from '../../shared/protocol/index.ts';

/** What a typed line means. */
export type Command =
  | { readonly kind: 'send'; readonly name: string; readonly fields: Fields }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'mute'; readonly on: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mistake'; readonly text: string };

export const HELP = `  walk X Y            walk there (units; 100 are a metre)
  stop X Y            stop there
  sit | run | walkmode    change gait
  gate ID X Y         go through a warp gate
  say TEXT            to those nearby; a line without command does the same
  whisper NAME TEXT   to one player
  shout TEXT          to the whole map
  animate N           show an animation
  characters          back to the character list
  send NAME JSON      any packet of docs/packets.md, such as: send CLI_HP_REQ {"targetId":1}
  quiet | loud        hide or show the packets that come
  logout              leave the game
  quit                drop the connection`;

const GAITS: Readonly<Record<string, number>> = { run: 2, sit: 8, walkmode: 0 };

/** Reads one line of the player. */
export function parseCommand(line: string): Command {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const [word = '', ...rest] = text.split(/\s+/);
  const after = text.slice(word.length).trim();
  const send = (name: string, fields: Fields): Command => ({ kind: 'send', name, fields });
  switch (word) {
    case 'help':
    case '?':
      return { kind: 'help' };
    case 'quit':
      return { kind: 'quit' };
    case 'quiet':
    case 'loud':
      return { kind: 'mute', on: word === 'quiet' };
    case 'walk':
      return withNumbers(rest, 2, 'walk X Y', ([x, y]) => send('CLI_MOUSE_CMD', { targetId: 0, x, y, z: 0 }));
    case 'stop':
      return withNumbers(rest, 2, 'stop X Y', ([x, y]) => send('CLI_STOP_MOVING', { x, y, z: 0 }));
    case 'run':
    case 'sit':
    case 'walkmode':
      return send('CLI_TOGGLE_MOVE', { type: GAITS[word] });
    case 'gate':
      return withNumbers(rest, 3, 'gate ID X Y', ([id, x, y]) => send('CLI_TELEPORT_REQ', { id, x, y }));
    case 'animate':
      return withNumbers(rest, 1, 'animate N', ([value]) => send('CLI_SET_ANIMATION', { id: 0, value }));
    case 'shout':
      return after === '' ? mistake('shout TEXT') : send('CLI_SHOUT_CHAT', { message: after });
    case 'whisper': {
      const target = rest[0];
      const message = after.slice(target?.length ?? 0).trim();
      return target === undefined || message === ''
        ? mistake('whisper NAME TEXT')
        : send('CLI_WHISPER_CHAT', { target, message });
    }
    case 'characters':
      return send('CLI_CHANGE_CHAR_REQ', {});
    case 'logout':
      return send('CLI_LOGOUT_REQ', {});
    case 'send':
      return sendAny(rest[0], after.slice(rest[0]?.length ?? 0).trim());
    case 'say':
      return after === '' ? mistake('say TEXT') : send('CLI_NORMAL_CHAT', { message: after });
    default:
      return send('CLI_NORMAL_CHAT', { message: text });
  }
}

function mistake(usage: string): Command {
  return { kind: 'mistake', text: `usage: ${usage}` };
}

function withNumbers(
  words: readonly string[],
  count: number,
  usage: string,
  build: (values: number[]) => Command,
): Command {
  const values = words.map(Number);
  return values.length === count && values.every(Number.isFinite) ? build(values) : mistake(usage);
}

function sendAny(name: string | undefined, json: string): Command {
  if (name === undefined) return mistake('send NAME JSON');
  try {
    return { kind: 'send', name, fields: JSON.parse(json === '' ? '{}' : json) as Fields };
  } catch {
    return { kind: 'mistake', text: `not JSON: ${json}` };
  }
}
