import type { HeldState } from './held-state.ts';

/** Writes under way at once while everything is flushed. */
const WIDTH = 32;

/** Writes many connections, a bounded number at a time. Resolves with how many could not be written; never rejects. */
export async function flush(
  states: readonly HeldState[],
  write: (state: HeldState) => Promise<void>,
): Promise<number> {
  const waiting = [...states];
  let failed = 0;
  const work = async () => {
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      try {
        await write(state);
      } catch {
        // Counted where it was written; the caller says how many.
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return failed;
}
