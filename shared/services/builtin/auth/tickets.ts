import { randomInt } from 'node:crypto';
import { EdgeError } from '../../../errors/edge-error.ts';
import {
  absent,
  allOf,
  anyOf,
  equals,
  exists,
  expiresAfter,
  type Item,
  type Key,
  lacks,
  type Store,
} from '../../../store/index.ts';
import type { SessionKey, TicketTarget } from '../../auth.ts';

/** Milliseconds for which a hand-over number is good. */
export const TICKET_LIFE = 60_000;
/** A used number is remembered a little longer, so that a retry finds its own use. */
const REMEMBERED = 60_000;
const ATTEMPTS = 16;

/** A hand-over: table `sessions`, pk `ticket#<number>`, sk `ticket`. */
export interface Ticket extends Item {
  readonly userId: string;
  readonly sessionId: string;
  readonly target: TicketTarget & { readonly [key: string]: string | number };
  /** Milliseconds since 1970. */
  readonly until: number;
  /** The step that used it. */
  readonly usedBy?: string;
}

function ticketKey(ticket: number): Key {
  return { pk: `ticket#${ticket}`, sk: 'ticket' };
}

/** Draws a number that nobody holds. `again` is tried first: a number of the same session that was used up. */
export async function putTicket(
  store: Store,
  session: SessionKey,
  target: TicketTarget,
  now: number,
  again: number | undefined,
): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const reused = attempt === 0 ? again : undefined;
    const number = reused ?? randomInt(1, 0x1_0000_0000);
    const { userId, sessionId } = session;
    const until = now + TICKET_LIFE;
    const item = {
      ...ticketKey(number),
      userId,
      sessionId,
      target,
      until,
      expires: expiresAfter(until, REMEMBERED),
    };
    const own = allOf(exists, equals('sessionId', sessionId));
    const outcome = await store.put(
      'sessions',
      item,
      reused === undefined ? absent(now) : anyOf(absent(now), own),
    );
    if (outcome.kind === 'done') return number;
  }
  throw new EdgeError('conflict', 'no free hand-over number was found', {});
}

/** A ticket that may still be used, null when there is none. */
export async function readTicket(store: Store, number: number, now: number): Promise<Ticket | null> {
  const ticket = (await store.get('sessions', ticketKey(number))) as Ticket | null;
  return ticket === null || ticket.until <= now ? null : ticket;
}

/** Uses it up. False when somebody else has; a retry of the same step is told true again. */
export async function useTicket(store: Store, ticket: Ticket, step: string): Promise<boolean> {
  const key = { pk: ticket.pk, sk: ticket.sk };
  const unused = allOf(exists, equals('until', ticket.until), anyOf(lacks('usedBy'), equals('usedBy', step)));
  const outcome = await store.update('sessions', key, { set: { usedBy: step } }, unused);
  return outcome.kind === 'done';
}
