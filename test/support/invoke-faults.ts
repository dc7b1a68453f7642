/**
 * What can go wrong with an invocation.
 * - `throttle`: 429, nothing runs. `unavailable`: 500, nothing runs. `refuse`: 403, nothing runs. `hang`: nothing runs, no answer ever.
 * - `drop`: runs, then the connection breaks. `crash`: the function answers an error. `garbage`: runs, the answer is not JSON.
 * `deepen`: runs, and something without bottom is added to the answer.
 * - `lose_turn`, `double_turn`, `spoil_turn`: runs, and the first turn is missing from the result, twice in it, or of a wrong type.
 */
export type InvokeFault =
  | 'throttle'
  | 'unavailable'
  | 'refuse'
  | 'hang'
  | 'drop'
  | 'crash'
  | 'garbage'
  | 'deepen'
  | 'lose_turn'
  | 'double_turn'
  | 'spoil_turn';

/** Faults waiting for the next invocations, in order, by function name. */
export class InvokeFaults {
  readonly #waiting = new Map<string, InvokeFault[]>();

  /** The next `times` invocations of the function suffer this. */
  add(functionName: string, fault: InvokeFault, times = 1): void {
    const list = this.#waiting.get(functionName) ?? [];
    for (let i = 0; i < times; i += 1) list.push(fault);
    this.#waiting.set(functionName, list);
  }

  take(functionName: string): InvokeFault | undefined {
    return this.#waiting.get(functionName)?.shift();
  }

  clear(): void {
    this.#waiting.clear();
  }
}

/** More levels than a walk over them survives. */
const DEEP = 50_000;

interface Answer {
  turns: unknown[];
}

/** Changes a good answer as the fault says. */
export function spoil(payload: string, fault: InvokeFault | undefined): string {
  if (fault === 'garbage') return payload.slice(0, payload.length / 2);
  if (fault === 'deepen') return `${payload.slice(0, -1)},"more":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`;
  if (fault !== 'lose_turn' && fault !== 'double_turn' && fault !== 'spoil_turn') return payload;
  const answer = JSON.parse(payload) as Answer;
  const [first, ...others] = answer.turns;
  if (fault === 'lose_turn') answer.turns = others;
  else if (fault === 'double_turn') answer.turns = [first, ...answer.turns];
  else answer.turns = [{ ...(first as object), replies: 'none' }, ...others];
  return JSON.stringify(answer);
}
