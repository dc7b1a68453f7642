import type { TurnEvent } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Invoker, InvokeTarget } from './invoker/invoker.ts';

/**
 * One attempt of an invocation. Exactly one of the two calls is made, once: what comes after the time-out is thrown away,
 * and an invoker that takes no notice of the abort holds nothing up.
 * @param timeout milliseconds after which the attempt is given up
 */
export function attempt(
  parts: { readonly invoker: Invoker; readonly clock: Clock },
  target: InvokeTarget,
  event: TurnEvent,
  timeout: number,
  answered: (raw: unknown) => void,
  failed: (reason: unknown) => void,
): void {
  const controller = new AbortController();
  let settled = false;
  const settle = (): boolean => {
    if (settled) return false;
    settled = true;
    cancel();
    return true;
  };
  const cancel = parts.clock.schedule(timeout, () => {
    if (settled) return;
    settled = true;
    const error = new EdgeError('invoke_timeout', `${target.family} did not answer within ${timeout} ms`, {
      family: target.family,
    });
    controller.abort(error);
    failed(error);
  });
  let running: Promise<unknown>;
  try {
    running = parts.invoker.invoke(target, event, controller.signal);
  } catch (reason) {
    running = Promise.reject(reason);
  }
  running.then(
    (raw) => {
      if (settle()) answered(raw);
    },
    (reason: unknown) => {
      if (settle()) failed(reason);
    },
  );
}
