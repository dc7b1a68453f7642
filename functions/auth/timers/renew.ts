import { RENEW_AGAIN, RENEW_EVERY, TIMERS } from '../names.ts';
import type { AuthResult, AuthTimer } from '../sections.ts';

/** Keeps the session from expiring; one that is gone (replaced, banned) closes its connection. */
export const renew: AuthTimer = async (context) => {
  const { userId, sessionId, now } = context;
  if (userId === null || sessionId === null) return {};
  const outcome = await context.services.auth.renew({ userId, sessionId, now, step: context.step('renew') });
  if (outcome.code === 'ok') return again(now + RENEW_EVERY);
  if (outcome.code === 'session_gone') {
    return { close: { reason: 'kicked' } };
  }
  context.log.warn('session not renewed', { ...outcome });
  return again(now + RENEW_AGAIN);
};

function again(at: number): AuthResult {
  return { timers: [{ name: TIMERS.renew, at }] };
}
