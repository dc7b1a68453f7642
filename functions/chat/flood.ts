import type { ChatSection } from '../../shared/sections/index.ts';

/** Messages that are let through in a span of time. */
export const PACE = { messages: 5, span: 3000 } as const;
/** Messages, let through or not, that mute the sender, and for how long. All times in milliseconds. */
export const MUTE = { messages: 20, span: 10_000, length: 60_000 } as const;
/** Milliseconds between two shouts. */
export const SHOUT_PAUSE = 5000;

export type FloodVerdict = 'ok' | 'too_fast' | 'muted' | 'shout_too_soon';

/** What flood control says of one message, and the section afterwards. */
export interface FloodAnswer {
  readonly verdict: FloodVerdict;
  readonly chat: ChatSection;
}

const SILENT: ChatSection = { said: [], tried: [], shoutedAt: 0, mutedUntil: 0 };

/** Judges a message that came at `now`. What is refused counts towards muting too, but not while muted. */
export function judge(before: ChatSection | undefined, now: number, shout: boolean): FloodAnswer {
  const last = before ?? SILENT;
  if (now < last.mutedUntil) return { verdict: 'muted', chat: last };
  const said = last.said.filter((time) => time > now - PACE.span);
  const tried = [...last.tried.filter((time) => time > now - MUTE.span), now];
  if (tried.length >= MUTE.messages) {
    return { verdict: 'muted', chat: { ...last, said: [], tried: [], mutedUntil: now + MUTE.length } };
  }
  if (said.length >= PACE.messages) return { verdict: 'too_fast', chat: { ...last, said, tried } };
  if (shout && last.shoutedAt > 0 && now < last.shoutedAt + SHOUT_PAUSE) {
    return { verdict: 'shout_too_soon', chat: { ...last, said, tried } };
  }
  const shoutedAt = shout ? now : last.shoutedAt;
  return { verdict: 'ok', chat: { ...last, said: [...said, now], tried, shoutedAt } };
}
