import { randomBytes } from 'node:crypto';
import { EdgeError } from '../../../errors/edge-error.ts';
import type { Store } from '../../../store/index.ts';
import type { HeldLogin, LoginOutcome, Proof, SessionGrant } from '../../auth.ts';
import type { Call } from '../../outcome.ts';
import { connectionsOf, putSession, readSession, type SessionItem } from './session-store.ts';

/** A player whose secret was found right. */
export interface Identity {
  readonly userId: string;
  readonly account: string;
  readonly right: number;
  readonly proof: Proof;
}

export interface OpenRequest extends Call {
  readonly identity: Identity;
  readonly connectionId: string;
  /** Which session may be replaced: any (DUPLICATE_LOGIN=kick), none (refuse), or the one with this id. */
  readonly replaces: 'any' | 'none' | { readonly sessionId: string };
}

/** At most so many displaced connections are remembered. */
const PREVIOUS = 8;
/** A session has few connections that could change it meanwhile. */
const ATTEMPTS = 12;

/**
 * Opens the account's session by one conditional write: of logins that race exactly one gets it. The older session is over from
 * then on; its connections are named, so that they can be told to save and close before the new one is let in.
 */
export async function openSession(store: Store, request: OpenRequest): Promise<LoginOutcome> {
  const { identity, connectionId, now, step } = request;
  const found = await readSession(store, identity.userId, now);
  let current = found;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (current?.startedBy === step) return granted(current);
    // Connections of the older session change it as they come and go: only another session is another login.
    if (current !== null && current.sessionId !== found?.sessionId) return { code: 'in_use' };
    const others = current === null ? [] : connectionsOf(current).filter((id) => id !== connectionId);
    const standing = current === null ? null : inTheWay(current, request, others);
    if (standing !== null) return standing;
    const fresh = {
      ...identity,
      sessionId: randomBytes(16).toString('hex'),
      startedBy: step,
      slots: { login: connectionId },
      previous: others.slice(-PREVIOUS),
    };
    const session = await putSession(store, fresh, current, now);
    if (session !== null) return granted(session);
    current = await readSession(store, identity.userId, now);
  }
  throw new EdgeError('conflict', `session of user ${identity.userId} changes all the time`, {
    userId: identity.userId,
  });
}

function inTheWay(
  current: SessionItem,
  request: OpenRequest,
  others: readonly string[],
): LoginOutcome | null {
  const { replaces, identity, now } = request;
  if (replaces === 'any') return null;
  if (replaces !== 'none' && replaces.sessionId === current.sessionId) return null;
  if (others.length === 0) return current.ticketUntil > now ? { code: 'in_use' } : null;
  const held: HeldLogin = {
    userId: identity.userId,
    account: identity.account,
    right: identity.right,
    proof: identity.proof,
    heldBy: current.sessionId,
  };
  return { code: 'held', held, connections: others };
}

function granted(session: SessionItem): LoginOutcome {
  return { code: 'ok', session: grantOf(session), displaced: session.previous };
}

export function grantOf(session: SessionItem): SessionGrant {
  const { userId, sessionId, account, right } = session;
  return { userId, sessionId, account, right };
}
