import type { Clock } from '../ports/clock.ts';
import type { Channel } from './channel.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Waits until all of these have ended, at most `limit` milliseconds; true when they have. */
function allDone(channels: readonly Channel[], limit: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(limit, () => resolve(false));
    Promise.all(channels.map(({ done }) => done)).then(() => {
      cancel();
      resolve(true);
    });
  });
}

/**
 * Ends every connection in order: clients first, then actors, which clients' last turns may still signal. Turns in flight are
 * finished. Whoever is not done in `limit` milliseconds is cut short: its state is let go without asking its handlers.
 * @returns how many were cut short
 */
export async function drainAll(lifecycle: Lifecycle, clock: Clock, limit: number): Promise<number> {
  const end = clock.monotonic() + limit;
  let forced = 0;
  for (const kind of ['client', 'actor'] as const) {
    const channels = [...lifecycle.channels.values()].filter(({ connection }) => connection.kind === kind);
    for (const channel of channels) lifecycle.shut(channel, 'shutting_down');
    if (await allDone(channels, Math.max(0, end - clock.monotonic()), clock)) continue;
    const late = channels.filter(({ connection }) => lifecycle.channels.has(connection));
    forced += late.length;
    for (const channel of late) lifecycle.force(channel);
  }
  return forced;
}
