import type { Store } from '../../../store/index.ts';
import type { AuthService, SessionKey, TakeOverOutcome } from '../../auth.ts';
import type { Call } from '../../outcome.ts';
import { orDown } from '../or-down.ts';
import type { AuthEnvironment } from './environment.ts';
import { join } from './join.ts';
import { login, loginWithToken } from './login.ts';
import { openSession } from './open-session.ts';
import { createCensus } from './population.ts';
import { SERVERS } from './servers.ts';
import { changeSession, type SessionItem, SLOTS, type Slot } from './session-store.ts';
import type { AuthSettings } from './settings.ts';
import { putTicket, TICKET_LIFE } from './tickets.ts';

/** The auth service on DynamoDB: accounts in the table `accounts`, everything that passes in `sessions`. */
export function createAuthService(store: Store, settings: AuthSettings): AuthService {
  const environment: AuthEnvironment = { store, settings, census: createCensus(store) };
  return {
    login: (request) => orDown(() => login(environment, request)),
    loginWithToken: (request) => orDown(() => loginWithToken(environment, request)),
    takeOver: (request) =>
      orDown(async (): Promise<TakeOverOutcome> => {
        const { held, connectionId, now, step } = request;
        const replaces = { sessionId: held.heldBy };
        const outcome = await openSession(store, { identity: held, connectionId, replaces, now, step });
        return outcome.code === 'ok' ? outcome : { code: 'in_use' };
      }),
    issueTicket: (request) =>
      orDown(async () => {
        const ticketUntil = request.now + TICKET_LIFE;
        const session = await changeSession(store, request, request.now, () => ({ ticketUntil }));
        if (session === null) return { code: 'session_gone' as const };
        return {
          code: 'ok' as const,
          ticket: await putTicket(store, request, request.target, request.now, request.again),
        };
      }),
    join: (request) => orDown(() => join(environment, request)),
    renew: (request) =>
      orDown(async () => ({
        code:
          (await changeSession(store, request, request.now, () => ({}))) === null
            ? ('session_gone' as const)
            : ('ok' as const),
      })),
    leave: (request) => orDown(() => leave(store, request)),
    servers: async () => ({ code: 'ok', servers: SERVERS.map(({ id, name, test }) => ({ id, name, test })) }),
    channels: (request) =>
      orDown(async () => {
        const server = SERVERS.find(({ id }) => id === request.serverId);
        if (server === undefined) return { code: 'unknown_server' as const };
        const { channels } = await environment.census(request.now);
        const load = (id: number) =>
          Math.min(65_535, Math.floor(((channels.get(id) ?? 0) * 100) / settings.CHANNEL_PLAYERS));
        return {
          code: 'ok' as const,
          channels: server.channels.map((channel) => ({ ...channel, capacity: load(channel.id) })),
        };
      }),
  };
}

async function leave(
  store: Store,
  request: SessionKey & Call & { readonly connectionId: string },
): Promise<{ readonly code: 'ok' }> {
  await changeSession(store, request, request.now, (session) =>
    without(session, request.connectionId, request.now),
  );
  return { code: 'ok' };
}

/** The session without a connection; null when nothing is left of it. */
function without(session: SessionItem, connectionId: string, now: number): Partial<SessionItem> | null {
  const slots: Partial<Record<Slot, string>> = {};
  for (const slot of SLOTS) {
    const held = session.slots[slot];
    if (held !== undefined && held !== connectionId) slots[slot] = held;
  }
  return Object.keys(slots).length === 0 && session.ticketUntil <= now ? null : { slots };
}
