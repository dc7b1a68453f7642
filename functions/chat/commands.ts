import { serverWhisper } from './server-whisper.ts';

/** To the operators' family, by the connection itself: a text that begins with a slash, `{text}`. */
export const COMMAND = 'operators.command';

/** What is said where no family takes commands, and of what is no text. */
export const UNKNOWN_COMMAND = {
  replies: [serverWhisper('Unknown command.')],
  refused: 'unknown_command',
} as const;
