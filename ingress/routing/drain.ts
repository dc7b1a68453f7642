import type { Clock } from '../ports/clock.ts';
import type { Channel } from './channel.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Waits until all of these have ended, at most `limit` milliseconds; true when they have. */
function allDone(ends: readonly Promise<void>[], limit: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(limit, () => resolve(false));
    Promise.all(ends).then(() => {
      cancel();
      resolve(true);
    });
  });
}

/**
 * Ends every connection in order: clients first, then actors, which clients' last turns may still signal. Turns in flight are
 * finished, and actors that are `starting` have begun or have not. Whoever is not done in `limit` milliseconds is cut short: its state is let go without asking its handlers.
 * @returns how many were cut short
 */
export async function drainAll(
  lifecycle: Lifecycle,
  starting: Promise<void>,
  clock: Clock,
  limit: number,
): Promise<number> {
  const end = clock.monotonic() + limit;
  let forced = 0;
  for (const kind of ['client', 'actor'] as const) {
    const channels = [...lifecycle.channels.values()].filter(({ connection }) => connection.kind === kind);
    for (const channel of channels) lifecycle.shut(channel, 'shutting_down');
    const ends = [starting, ...channels.map(({ done }: Channel) => done)];
    if (await allDone(ends, Math.max(0, end - clock.monotonic()), clock)) continue;
    const late = channels.filter(({ connection }) => lifecycle.channels.has(connection));
    forced += late.length;
    for (const channel of late) lifecycle.force(channel);
  }
  return forced;
}
