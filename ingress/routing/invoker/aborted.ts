import { EdgeError } from '../../../shared/errors/edge-error.ts';

/** The error for an invocation that was given up while it ran. */
export const timedOut = (family: string, cause?: unknown): EdgeError =>
  new EdgeError('invoke_timeout', `family ${family} did not answer in time`, { family }, cause);

/**
 * Waits for `work` until `signal` is aborted.
 * @throws EdgeError `invoke_timeout` when it is aborted first
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal, family: string): Promise<T> {
  if (signal.aborted) return Promise.reject(timedOut(family, signal.reason));
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(timedOut(family, signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
