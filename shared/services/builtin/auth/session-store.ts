import type { JsonObject } from '../../../contract/index.ts';
import { EdgeError } from '../../../errors/edge-error.ts';
import {
  absent,
  allOf,
  equals,
  expiresAfter,
  type Item,
  type Key,
  type Store,
} from '../../../store/index.ts';
import type { Proof, SessionKey } from '../../auth.ts';
import { InTurn } from './in-turn.ts';

/** A session ends this long after its last renewal, milliseconds; connections renew it every ten minutes. */
export const SESSION_LIFE = 25 * 60_000;
/** Sessions are spread over so many partitions, which bound the writes of each and let them be counted. */
export const SESSION_SHARDS = 8;
const ATTEMPTS = 12;

/** Connections of a session, by the stage in which they joined. */
export type Slot = 'login' | 'lobby' | 'world';
export const SLOTS: readonly Slot[] = ['login', 'lobby', 'world'];

/** A join: its step, and the connection whose place it took, null for nobody's. */
export interface Entry extends JsonObject {
  readonly step: string;
  readonly displaced: string | null;
}

/** The one session of an account: table `sessions`, pk `session#<shard>`, sk the user id. Every write raises `version`. */
export interface SessionItem extends Item {
  readonly userId: string;
  readonly sessionId: string;
  readonly account: string;
  readonly right: number;
  readonly proof: Proof;
  /** The step that opened it: a retry of the login finds its own. */
  readonly startedBy: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** A hand-over ticket is out until then. */
  readonly ticketUntil: number;
  /** Connection ids. */
  readonly slots: { readonly [S in Slot]?: string };
  /** Connections of the session that this one replaced, until a connection joins. */
  readonly previous: readonly string[];
  /** The last join of each stage, and whose place it took: a repeated one answers the same. Absent: there was none yet. */
  readonly entries?: { readonly [S in Slot]?: Entry };
  readonly serverId: number;
  readonly channelId: number;
}

export function shardKey(shard: number): string {
  return `session#${shard}`;
}

function sessionItemKey(userId: string): Key {
  let sum = 0;
  for (let at = 0; at < userId.length; at += 1) sum += userId.charCodeAt(at);
  return { pk: shardKey(sum % SESSION_SHARDS), sk: userId };
}

/** The session of an account, null when there is none or its time is over. */
export async function readSession(store: Store, userId: string, now: number): Promise<SessionItem | null> {
  const item = (await store.get('sessions', sessionItemKey(userId))) as SessionItem | null;
  return item === null || item.until <= now ? null : item;
}

export function connectionsOf(session: SessionItem): string[] {
  const held = SLOTS.map((slot) => session.slots[slot]).filter((id) => id !== undefined);
  return [...new Set([...held, ...session.previous])];
}

/** What a login says of its session. */
export type NewSession = Readonly<
  Pick<
    SessionItem,
    'userId' | 'sessionId' | 'account' | 'right' | 'proof' | 'startedBy' | 'slots' | 'previous'
  >
>;

/** Opens a session in the place of `current` (null: of none). Null when another write came first. */
export async function putSession(
  store: Store,
  fresh: NewSession,
  current: SessionItem | null,
  now: number,
): Promise<SessionItem | null> {
  const item: SessionItem = {
    ...sessionItemKey(fresh.userId),
    ...fresh,
    version: (current?.version ?? 0) + 1,
    until: now + SESSION_LIFE,
    ticketUntil: 0,
    serverId: 0,
    channelId: 0,
    expires: expiresAfter(now, SESSION_LIFE),
  };
  const when = current === null ? absent(now) : sameAs(current);
  const outcome = await store.put('sessions', item, when);
  return outcome.kind === 'done' ? item : null;
}

/** What a change makes of a session; null removes it. */
type Change = (session: SessionItem) => Partial<SessionItem> | null;

/** Changes that wait for each other, by store: a player's connections mostly end together. */
const turns = new WeakMap<Store, InTurn<SessionItem>>();

/**
 * Changes a session while it is still the same one. Resolves with the session as it was before, or null when it is gone or was
 * replaced. `known`, read a moment ago, saves a read.
 */
export function changeSession(
  store: Store,
  key: SessionKey,
  now: number,
  change: Change,
  known?: SessionItem,
): Promise<SessionItem | null> {
  const inTurn = turns.get(store) ?? new InTurn<SessionItem>();
  turns.set(store, inTurn);
  const fresh = (left: SessionItem | null) => (left?.sessionId === key.sessionId ? left : known);
  return inTurn.run(key.userId, (left) => changeNow(store, key, now, change, fresh(left)));
}

async function changeNow(
  store: Store,
  key: SessionKey,
  now: number,
  change: Change,
  known: SessionItem | undefined,
): Promise<{ readonly result: SessionItem | null; readonly left: SessionItem | null }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const justRead = attempt === 0 ? known : undefined;
    const current = justRead ?? (await readSession(store, key.userId, now));
    if (current === null || current.sessionId !== key.sessionId) return { result: null, left: null };
    const changed = change(current);
    const next = changed === null ? null : renewed(current, changed, now);
    const outcome =
      next === null
        ? await store.remove('sessions', sessionItemKey(key.userId), sameAs(current))
        : await store.put('sessions', next, sameAs(current));
    if (outcome.kind === 'done') return { result: current, left: next };
  }
  throw new EdgeError('conflict', `session of user ${key.userId} changes all the time`, {
    userId: key.userId,
  });
}

function renewed(current: SessionItem, changed: Partial<SessionItem>, now: number): SessionItem {
  const until = Math.max(current.until, now + SESSION_LIFE);
  return { ...current, ...changed, version: current.version + 1, until, expires: expiresAfter(until, 0) };
}

function sameAs(session: SessionItem) {
  return allOf(equals('sessionId', session.sessionId), equals('version', session.version));
}
