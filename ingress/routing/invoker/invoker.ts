import type { TurnEvent } from '../../../shared/contract/index.ts';

/** The function behind a family. */
export interface InvokeTarget {
  readonly family: string;
  /** Lambda: `name:alias`. */
  readonly functionName: string;
}

/** Hands events to families, in this process or far away. Answers are raw: whoever asked validates them. */
export interface Invoker {
  /**
   * Resolves with the raw result. `event` and the result may share objects with the caller's: neither side changes them.
   * @throws EdgeError `invoke_throttled` (nothing ran), `invoke_failed` (unclear, unless its details say `ended`: the function certainly
   * runs no more), `invoke_timeout` (`signal` was aborted; unclear), `bad_result` (the answer is not JSON)
   */
  invoke(target: InvokeTarget, event: TurnEvent, signal: AbortSignal): Promise<unknown>;
  /** Asks a family for its manifest, raw. Rejects as `invoke` does. */
  describe(target: InvokeTarget, signal: AbortSignal): Promise<unknown>;
}
