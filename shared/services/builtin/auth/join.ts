import type { Store } from '../../../store/index.ts';
import type { JoinOutcome, JoinRequest, TicketTarget } from '../../auth.ts';
import type { AuthEnvironment } from './environment.ts';
import { countFailure, type FailureLimit, isLimited } from './failures.ts';
import { accountKeyOf } from './names.ts';
import { grantOf } from './open-session.ts';
import { proves } from './proof.ts';
import {
  changeSession,
  type Entry,
  readSession,
  type SessionItem,
  SLOTS,
  type Slot,
} from './session-store.ts';
import { readTicket, useTicket } from './tickets.ts';
import { accountOfToken } from './token.ts';

/** Wrong tickets and secrets from one address in a minute. */
const JOIN_FAILURES = 5;

export async function join(environment: AuthEnvironment, request: JoinRequest): Promise<JoinOutcome> {
  const { store } = environment;
  const { now } = request;
  const limits = [{ key: `join-address#${request.address}`, limit: JOIN_FAILURES }];
  const [limited, ticket] = await Promise.all([
    isLimited(store, limits, now),
    readTicket(store, request.ticket, now),
  ]);
  if (limited) return { code: 'limited' };
  if (ticket === null || (ticket.usedBy !== undefined && ticket.usedBy !== request.step)) {
    return failed(store, limits, now, 'expired');
  }
  if (request.userId !== null && request.userId !== ticket.userId) return { code: 'in_use' };
  const session = await readSession(store, ticket.userId, now);
  if (session === null || session.sessionId !== ticket.sessionId) return { code: 'expired' };
  if (!(await isProven(environment, request, session))) return failed(store, limits, now, 'invalid_password');
  if (!(await useTicket(store, ticket, request.step))) return failed(store, limits, now, 'expired');
  const entered = (current: SessionItem) => enter(current, ticket.target, request);
  const before = await changeSession(store, session, now, entered, session);
  if (before === null) return { code: 'expired' };
  const { serverId, channelId, entries } = entered(before);
  return {
    code: 'ok',
    session: grantOf(session),
    target: ticket.target,
    serverId,
    channelId,
    displaced: entries[ticket.target.stage]?.displaced ?? null,
  };
}

async function failed(
  store: Store,
  limits: readonly FailureLimit[],
  now: number,
  code: 'expired' | 'invalid_password',
): Promise<JoinOutcome> {
  return { code: (await countFailure(store, limits, now)) ? 'limited' : code };
}

/** What the login was proved with, or a token (perhaps a newer one) of the same account. */
async function isProven(
  environment: AuthEnvironment,
  request: JoinRequest,
  session: SessionItem,
): Promise<boolean> {
  if (proves(request.secret, environment.settings.SESSION_SECRET, session.proof)) return true;
  const secret = environment.settings.TOKEN_SECRET;
  if (request.secret.kind !== 'token' || secret === null) return false;
  const name = await accountOfToken(request.secret.value, secret, request.now);
  return name !== null && accountKeyOf(name) === accountKeyOf(session.account);
}

function enter(session: SessionItem, target: TicketTarget, { connectionId, step }: JoinRequest) {
  const { stage } = target;
  const others = SLOTS.filter(
    (slot) => session.slots[slot] !== undefined && session.slots[slot] !== connectionId,
  );
  const slots: Partial<Record<Slot, string>> = {};
  for (const slot of others) slots[slot] = session.slots[slot] as string;
  slots[stage] = connectionId;
  const last = session.entries?.[stage];
  const held = session.slots[stage];
  // A repeated join finds its own place taken, by itself.
  const displaced = held === connectionId ? (last?.step === step ? last.displaced : null) : (held ?? null);
  const entries: Partial<Record<Slot, Entry>> = { ...session.entries, [stage]: { step, displaced } };
  const { serverId, channelId } = target.stage === 'lobby' ? target : session;
  return { slots, entries, previous: [], ticketUntil: 0, serverId, channelId };
}
