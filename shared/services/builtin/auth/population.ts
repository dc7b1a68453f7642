import type { Store } from '../../../store/index.ts';
import { SESSION_SHARDS, type SessionItem, shardKey } from './session-store.ts';

/** How many play. */
export interface Population {
  readonly sessions: number;
  /** Players in the world, by channel id. */
  readonly channels: ReadonlyMap<number, number>;
}

/** Milliseconds for which a count is used again: load need not be exact, and counting reads every session. */
const FRESH = 10_000;

/** Counts sessions, at most every ten seconds in one environment. */
export function createCensus(store: Store): (now: number) => Promise<Population> {
  let last: { readonly at: number; readonly population: Promise<Population> } | null = null;
  return async (now) => {
    if (last === null || now - last.at >= FRESH || now < last.at) {
      const counting = { at: now, population: count(store, now) };
      last = counting;
      counting.population.catch(() => {
        if (last === counting) last = null;
      });
    }
    return last.population;
  };
}

async function count(store: Store, now: number): Promise<Population> {
  const shards = Array.from({ length: SESSION_SHARDS }, (_, shard) =>
    store.query('sessions', { pk: shardKey(shard) }),
  );
  const channels = new Map<number, number>();
  let sessions = 0;
  for (const item of (await Promise.all(shards)).flat() as SessionItem[]) {
    if (item.until <= now) continue;
    sessions += 1;
    if (item.slots.world !== undefined) channels.set(item.channelId, (channels.get(item.channelId) ?? 0) + 1);
  }
  return { sessions, channels };
}
