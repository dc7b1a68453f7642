import type { Text } from '../../shared/protocol/index.ts';
import type { ChatSection } from '../../shared/sections/index.ts';
import { type FloodVerdict, judge, MUTE, PACE, SHOUT_PAUSE } from './flood.ts';
import type { ChatContext, ChatResult } from './sections.ts';
import { serverWhisper } from './server-whisper.ts';
import { byteLength, LONGEST_MESSAGE } from './text.ts';

/** Either the section with which a message may go out, or the answer that refuses it. */
export type Admission = { readonly chat: ChatSection } | { readonly refusal: ChatResult };

/** Lets a message through, or refuses it with a whisper that says why. */
export function admit(context: ChatContext, message: Text, shout = false): Admission {
  const before = context.sections.chat;
  const { verdict, chat } = judge(before, context.now, shout);
  if (verdict !== 'ok') {
    const warning = serverWhisper(warningOf(verdict, chat, context.now));
    const state = chat === before ? {} : { state: { sections: { chat } } };
    return { refusal: { ...state, replies: [warning], refused: verdict } };
  }
  const length = byteLength(message);
  if (length >= 1 && length <= LONGEST_MESSAGE) return { chat };
  const warning = serverWhisper(`A message has 1 to ${LONGEST_MESSAGE} bytes; this one has ${length}.`);
  const refused = length === 0 ? 'empty_text' : 'text_too_long';
  // It was tried, and not said.
  const unsaid = { ...chat, said: before?.said ?? [], shoutedAt: before?.shoutedAt ?? 0 };
  return { refusal: { state: { sections: { chat: unsaid } }, replies: [warning], refused } };
}

function warningOf(verdict: Exclude<FloodVerdict, 'ok'>, chat: ChatSection, now: number): string {
  switch (verdict) {
    case 'too_fast':
      return `Not so fast: at most ${PACE.messages} messages in ${PACE.span / 1000} seconds.`;
    case 'shout_too_soon':
      return `One shout in ${SHOUT_PAUSE / 1000} seconds is enough.`;
    case 'muted': {
      const left = Math.ceil((chat.mutedUntil - now) / 1000);
      return `You are muted for ${left} seconds: ${MUTE.messages} messages in ${MUTE.span / 1000} seconds are too many.`;
    }
  }
}
