import { JoinResult } from '../../../shared/protocol/packets.generated.ts';
import { joinRefused } from '../replies.ts';
import type { AuthSignal } from '../sections.ts';

/** The character could not be taken over: the player is told, and may choose again in the lobby. */
export const denied: AuthSignal = () => ({
  state: { stage: 'lobby' },
  replies: [joinRefused(JoinResult.FAILED)],
  refused: 'ownership_denied',
});

/** The connection ends; with its last connection the session ends too. */
export const closing: AuthSignal = async (context) => {
  const pending = context.sections.session?.pending;
  const opened = pending?.kind === 'opened' ? pending.session : null;
  const userId = opened?.userId ?? context.userId;
  const sessionId = opened?.sessionId ?? context.sessionId;
  if (userId === null || sessionId === null) return {};
  const { now, connection } = context;
  const call = { userId, sessionId, connectionId: connection.id, now, step: context.step('leave') };
  const outcome = await context.services.auth.leave(call);
  // A session that is not ended here ends by itself when nobody renews it.
  if (outcome.code !== 'ok') context.log.warn('session not left', { ...outcome });
  return {};
};
