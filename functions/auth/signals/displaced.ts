import { LoginResult } from '../../../shared/protocol/packets.generated.ts';
import { MOVEMENT_LEAVE, SIGNALS } from '../names.ts';
import { loginRefused } from '../replies.ts';
import type { AuthContext, AuthResult, AuthSignal } from '../sections.ts';

/** A newer connection takes the place of this one. In the world the character leaves first, so that everything is saved. */
export const kick: AuthSignal = (context, _payload, message) => {
  const to = message.from.connection;
  if (context.characterId === null) return close(context, to);
  return {
    signals: [
      { to: 'self', name: MOVEMENT_LEAVE, payload: {} },
      { to: 'self', name: SIGNALS.left, payload: { to } },
    ],
  };
};

/** The world is left. State is flushed and the character released before the newer connection is told. */
export const left: AuthSignal = (context, payload) =>
  close(context, typeof payload.to === 'string' ? payload.to : '');

function close(context: AuthContext, to: string): AuthResult {
  const pending = context.sections.session?.pending !== undefined;
  return {
    ...(context.characterId === null ? {} : { state: { characterId: null } }),
    // One whose own login still waits has lost the race for the session.
    ...(pending ? { replies: [loginRefused(LoginResult.ALREADY_LOGGEDIN)] } : {}),
    signals: [{ to: `connection/${to}`, name: SIGNALS.gone, payload: {} }],
    close: { reason: 'kicked' },
  };
}

/** A login of the same account wants to know whether its session is still in use. */
export const probe: AuthSignal = (_context, _payload, message) => ({
  signals: [{ to: `connection/${message.from.connection}`, name: SIGNALS.alive, payload: {} }],
});
