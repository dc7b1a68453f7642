import { CONTRACT_VERSION, type TurnEvent, type TurnResult, type TurnsResult } from '../../contract/index.ts';
import { Budget } from './budget.ts';
import { runTurn } from './run-turn.ts';
import type { Running } from './running.ts';

/** Turns of one event that run at a time; the others wait their turn. */
const CONCURRENT_TURNS = 32;

/** Runs all turns of an event, at most 32 at a time. A turn that could not begin in time is left out: nothing of it ran. */
export function runEvent(running: Running, event: TurnEvent): Promise<TurnsResult> {
  const { turns } = event;
  const started = running.host.monotonic();
  const results: (TurnResult | undefined)[] = new Array(turns.length);
  let next = 0;

  const worker = async (): Promise<void> => {
    while (next < turns.length) {
      const index = next;
      next += 1;
      const turn = turns[index];
      if (turn === undefined) continue;
      const budget = new Budget(running.host.monotonic, started, turn, running.manifest.timeout);
      if (index > 0 && budget.spent) continue;
      const result = runTurn(running, turn, budget);
      // A turn whose handlers answer at once costs no trip through the microtask queue.
      results[index] = result instanceof Promise ? await result : result;
    }
  };

  const finish = (): TurnsResult => ({
    v: CONTRACT_VERSION,
    turns: results.filter((result): result is TurnResult => result !== undefined),
  });
  const workers: Promise<void>[] = [];
  for (let i = 0; i < CONCURRENT_TURNS && next < turns.length; i += 1) workers.push(worker());
  return Promise.all(workers).then(finish);
}
