import { LoginResult } from '../../../shared/protocol/packets.generated.ts';
import { SIGNALS } from '../names.ts';
import { admit, settle, turnAway } from '../pending.ts';
import type { AuthSignal, AuthTimer } from '../sections.ts';

/** An older connection has saved and closes. */
export const gone: AuthSignal = (context, _payload, message) => settle(context, message.from.connection);

/** The session in the way is in use: the login that asked is refused. */
export const alive: AuthSignal = (context) =>
  context.sections.session?.pending?.kind === 'held'
    ? turnAway('already_logged_in', LoginResult.ALREADY_LOGGEDIN)
    : {};

/** Whoever cannot be reached any more is gone. */
export const undeliverable: AuthSignal = (context, { to, name }) => {
  if ((name !== SIGNALS.kick && name !== SIGNALS.probe) || typeof to !== 'string') return {};
  return settle(context, to.slice('connection/'.length));
};

/**
 * The wait is over. An older session that does not answer cannot write any more once its character is taken over, so the new one is let
 * in; one that was only asked whether it lives keeps its place.
 */
export const pendingOver: AuthTimer = (context) => {
  const pending = context.sections.session?.pending;
  if (pending === undefined) return {};
  if (pending.kind === 'opened') return admit(context, pending.session);
  return turnAway('already_logged_in', LoginResult.ALREADY_LOGGEDIN);
};
