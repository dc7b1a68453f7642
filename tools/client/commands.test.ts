import { describe, expect, test } from 'vitest';
import { parseCommand } from './commands.ts';

describe('commands of the interactive player', () => {
  test.each([
    [
      'walk 10 -20.5',
      { kind: 'send', name: 'CLI_MOUSE_CMD', fields: { targetId: 0, x: 10, y: -20.5, z: 0 } },
    ],
    ['hello  there', { kind: 'send', name: 'CLI_NORMAL_CHAT', fields: { message: 'hello  there' } }],
    [
      'whisper Bert two words',
      { kind: 'send', name: 'CLI_WHISPER_CHAT', fields: { target: 'Bert', message: 'two words' } },
    ],
    ['send CLI_ALIVE', { kind: 'send', name: 'CLI_ALIVE', fields: {} }],
    ['send CLI_HP_REQ {"targetId":7}', { kind: 'send', name: 'CLI_HP_REQ', fields: { targetId: 7 } }],
    ['', { kind: 'nothing' }],
    ['quiet', { kind: 'mute', on: true }],
  ])('%s', (line, command) => expect(parseCommand(line)).toEqual(command));

  test.each(['walk 1', 'walk a b', 'whisper Bert', 'shout', 'send', 'send CLI_ALIVE {'])(
    '%s is a mistake',
    (line) => expect(parseCommand(line).kind).toBe('mistake'),
  );
});
