import type { AuthService } from '../../auth.ts';
import { AuthService as Rpc } from '../../proto/auth.generated.ts';
import { AUTH_CALLS } from '../calls.ts';
import { openChannel } from '../channel.ts';
import type { RemoteCall } from '../guarded-call.ts';
import type { RemoteTarget } from '../target.ts';
import {
  AUTH_REFUSALS,
  heldOut,
  loginIn,
  openedIn,
  secretOut,
  sessionIn,
  targetIn,
  targetOut,
} from '../wire/auth.ts';
import { callOut, timeOut } from '../wire/message.ts';
import { doneIn, outcomeIn } from '../wire/outcome.ts';

/** The auth service at the other end of a connection of its own. */
export function connectAuth(target: RemoteTarget): AuthService {
  return authClient(openChannel(target, AUTH_CALLS));
}

function authClient(call: RemoteCall): AuthService {
  const { method } = Rpc;
  return {
    login: ({ account, secret, address, connectionId, ...rest }) =>
      call(method.login, { call: callOut(rest), account, secret, address, connectionId }, loginIn),
    loginWithToken: ({ token, address, connectionId, ...rest }) =>
      call(method.loginWithToken, { call: callOut(rest), token, address, connectionId }, loginIn),
    takeOver: ({ held, connectionId, ...rest }) =>
      call(method.takeOver, { call: callOut(rest), held: heldOut(held), connectionId }, ({ outcome }) =>
        outcomeIn(outcome, openedIn, AUTH_REFUSALS, ['in_use']),
      ),
    issueTicket: ({ userId, sessionId, target, again, ...rest }) =>
      call(
        method.issueTicket,
        {
          call: callOut(rest),
          userId,
          sessionId,
          target: targetOut(target),
          ...(again === undefined ? {} : { again }),
        },
        ({ outcome }) =>
          outcomeIn(outcome, ({ number }) => ({ ticket: number }), AUTH_REFUSALS, ['session_gone']),
      ),
    join: ({ ticket, secret, address, connectionId, userId, ...rest }) =>
      call(
        method.join,
        {
          call: callOut(rest),
          ticket,
          secret: secretOut(secret),
          address,
          connectionId,
          ...(userId === null ? {} : { userId }),
        },
        ({ outcome }) =>
          outcomeIn(
            outcome,
            ({ session, target, serverId, channelId, displaced }) => ({
              session: sessionIn(session),
              target: targetIn(target),
              serverId,
              channelId,
              displaced: displaced ?? null,
            }),
            AUTH_REFUSALS,
            ['expired', 'invalid_password', 'limited', 'in_use'],
          ),
      ),
    renew: ({ userId, sessionId, ...rest }) =>
      call(method.renew, { call: callOut(rest), userId, sessionId }, ({ refused }) =>
        doneIn(refused, AUTH_REFUSALS, ['session_gone']),
      ),
    leave: ({ userId, sessionId, connectionId, ...rest }) =>
      call(method.leave, { call: callOut(rest), userId, sessionId, connectionId }, () => ({ code: 'ok' })),
    servers: () =>
      call(method.servers, {}, ({ servers }) => ({
        code: 'ok',
        servers: servers.map(({ id, name, test }) => ({ id, name, test })),
      })),
    channels: ({ serverId, now }) =>
      call(method.channels, { serverId, now: timeOut(now) }, ({ outcome }) =>
        outcomeIn(
          outcome,
          ({ channels }) => ({
            channels: channels.map(({ id, name, capacity, active }) => ({ id, name, capacity, active })),
          }),
          AUTH_REFUSALS,
          ['unknown_server'],
        ),
      ),
  };
}
