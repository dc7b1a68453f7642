import { randomBytes } from 'node:crypto';
import { expiresAfter, type Store } from '../../../store/index.ts';

/** Failures within this time count, milliseconds. */
const WINDOW = 60_000;

/** Something that may fail only so often a minute: a kind, and whose failures they are. */
export interface FailureLimit {
  /** Such as `login-account#anna`. */
  readonly key: string;
  /** Failures a minute. */
  readonly limit: number;
}

/**
 * Failures of the last minute, one row each in the table `sessions`, so that all functions share them and the window slides.
 * Whoever is at the limit is refused before anything costly is done, and adds no row.
 */
export async function isLimited(
  store: Store,
  limits: readonly FailureLimit[],
  now: number,
): Promise<boolean> {
  const counts = await Promise.all(limits.map(({ key, limit }) => recent(store, key, limit, now)));
  return limits.some(({ limit }, index) => (counts[index] ?? 0) >= limit);
}

/**
 * Writes a failure down. True when attempts made at the same time have passed the limit meanwhile: then this one's answer must
 * not be told either.
 */
export async function countFailure(
  store: Store,
  limits: readonly FailureLimit[],
  now: number,
): Promise<boolean> {
  await Promise.all(
    limits.map(({ key }) =>
      store.put('sessions', {
        pk: `failures#${key}`,
        sk: `${String(now).padStart(15, '0')}#${randomBytes(6).toString('hex')}`,
        at: now,
        expires: expiresAfter(now, WINDOW),
      }),
    ),
  );
  const counts = await Promise.all(limits.map(({ key, limit }) => recent(store, key, limit + 1, now)));
  return limits.some(({ limit }, index) => (counts[index] ?? 0) > limit);
}

async function recent(store: Store, key: string, atMost: number, now: number): Promise<number> {
  const rows = await store.query('sessions', { pk: `failures#${key}`, descending: true, limit: atMost });
  return rows.filter((row) => typeof row.at === 'number' && row.at > now - WINDOW).length;
}
