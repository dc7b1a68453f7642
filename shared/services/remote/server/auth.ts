import type { ServiceImpl } from '@connectrpc/connect';
import type { AuthService } from '../../auth.ts';
import type { AuthService as Rpc } from '../../proto/auth.generated.ts';
import { AUTH_REFUSALS, heldIn, loginOut, openedOut, secretIn, targetIn, targetOut } from '../wire/auth.ts';
import { callIn } from '../wire/message.ts';
import { doneOut, outcomeOut } from '../wire/outcome.ts';
import { told } from './unary.ts';

/** An auth service behind gRPC. */
export function authRoutes(auth: AuthService): ServiceImpl<typeof Rpc> {
  return {
    login: async ({ call, account, secret, address, connectionId }) =>
      loginOut(await told(auth.login({ ...callIn(call), account, secret, address, connectionId }))),
    loginWithToken: async ({ call, token, address, connectionId }) =>
      loginOut(await told(auth.loginWithToken({ ...callIn(call), token, address, connectionId }))),
    takeOver: async ({ call, held, connectionId }) => {
      const outcome = await told(auth.takeOver({ ...callIn(call), held: heldIn(held), connectionId }));
      return { outcome: outcomeOut(outcome, openedOut, AUTH_REFUSALS) };
    },
    issueTicket: async ({ call, userId, sessionId, target, again }) => {
      const request = { ...callIn(call), userId, sessionId, target: targetIn(target) };
      const outcome = await told(auth.issueTicket(again === undefined ? request : { ...request, again }));
      return { outcome: outcomeOut(outcome, ({ ticket }) => ({ number: ticket }), AUTH_REFUSALS) };
    },
    join: async (message) => {
      const { call, ticket, address, connectionId, userId = null } = message;
      const secret = secretIn(message);
      const outcome = await told(
        auth.join({ ...callIn(call), ticket, secret, address, connectionId, userId }),
      );
      return {
        outcome: outcomeOut(
          outcome,
          ({ session, target, serverId, channelId, displaced }) => ({
            session,
            target: targetOut(target),
            serverId,
            channelId,
            ...(displaced === null ? {} : { displaced }),
          }),
          AUTH_REFUSALS,
        ),
      };
    },
    renew: async ({ call, userId, sessionId }) =>
      doneOut(await told(auth.renew({ ...callIn(call), userId, sessionId })), AUTH_REFUSALS),
    leave: async ({ call, userId, sessionId, connectionId }) => {
      await told(auth.leave({ ...callIn(call), userId, sessionId, connectionId }));
      return {};
    },
    servers: async () => ({ servers: [...(await told(auth.servers())).servers] }),
    channels: async ({ serverId, now }) => {
      const outcome = await told(auth.channels({ serverId, now: Number(now) }));
      return {
        outcome: outcomeOut(outcome, ({ channels }) => ({ channels: [...channels] }), AUTH_REFUSALS),
      };
    },
  };
}
