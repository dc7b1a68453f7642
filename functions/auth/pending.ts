import { packet } from '../../shared/kit/index.ts';
import { LoginResult } from '../../shared/protocol/packets.generated.ts';
import type { PendingLogin, SessionSection } from '../../shared/sections/index.ts';
import type { SessionGrant } from '../../shared/services/index.ts';
import { PENDING_WAIT, RENEW_EVERY, SIGNALS, TIMERS } from './names.ts';
import { loginRefused } from './replies.ts';
import type { AuthContext, AuthResult } from './sections.ts';

/** The server list's mark of an ordinary server and of a test server. */
const ORDINARY = 0x20;
const TEST = 0x40;

/** The player is in: the connection belongs to the account, and the client gets the server list. */
export async function admit(context: AuthContext, session: SessionGrant): Promise<AuthResult> {
  const listed = await context.services.auth.servers();
  const servers = listed.code === 'ok' ? listed.servers : [];
  const { userId, sessionId, account, right } = session;
  return {
    state: { userId, sessionId, sections: { session: { account, right, serverId: 0, channelId: 0 } } },
    replies: [
      packet('SRV_LOGIN_REPLY', {
        result: LoginResult.OK,
        right,
        type: 0,
        serversInfo: servers.map(({ id, name, test }) => ({ test: test ? TEST : ORDINARY, name, id })),
      }),
    ],
    timers: [
      { name: TIMERS.pending, cancel: true },
      { name: TIMERS.renew, at: context.now + RENEW_EVERY },
    ],
  };
}

/** A login that can only be answered when others have: each of them gets a signal, and a timer bounds the wait. */
export function wait(context: AuthContext, pending: PendingLogin): AuthResult {
  const name = pending.kind === 'opened' ? SIGNALS.kick : SIGNALS.probe;
  return {
    state: { sections: { session: { account: '', right: 0, serverId: 0, channelId: 0, pending } } },
    signals: pending.waitingFor.map((id) => ({ to: `connection/${id}`, name, payload: {} })),
    timers: [{ name: TIMERS.pending, at: context.now + PENDING_WAIT }],
  };
}

/** One of those that a login waits for is gone. */
export async function settle(context: AuthContext, connection: string): Promise<AuthResult> {
  const session = context.sections.session;
  const pending = session?.pending;
  if (session === undefined || pending === undefined || !pending.waitingFor.includes(connection)) return {};
  const waitingFor = pending.waitingFor.filter((id) => id !== connection);
  if (waitingFor.length > 0) return keepWaiting(session, { ...pending, waitingFor });
  if (pending.kind === 'opened') return admit(context, pending.session);
  const outcome = await context.services.auth.takeOver({
    held: { ...pending.held },
    connectionId: context.connection.id,
    now: context.now,
    step: context.step('take-over'),
  });
  if (outcome.code === 'ok') return admit(context, outcome.session);
  if (outcome.code === 'in_use') return turnAway('already_logged_in', LoginResult.ALREADY_LOGGEDIN);
  context.log.error('session not taken over', { ...outcome });
  return turnAway('service_down', LoginResult.FAILED);
}

/** The login that waits is refused. */
export function turnAway(refused: string, result: LoginResult): AuthResult {
  return {
    state: { sections: { session: null } },
    replies: [loginRefused(result)],
    timers: [{ name: TIMERS.pending, cancel: true }],
    refused,
  };
}

function keepWaiting(session: SessionSection, pending: PendingLogin): AuthResult {
  return { state: { sections: { session: { ...session, pending } } } };
}
