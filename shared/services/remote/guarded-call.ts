import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import {
  BrokenCircuitError,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
} from 'cockatiel';
import { EdgeError } from '../../errors/edge-error.ts';
import type { Down } from '../outcome.ts';

/** One call: the method, its request, and what makes an outcome of its answer. Never throws for what the service does. */
export type RemoteCall = <I extends DescMessage, O extends DescMessage, R>(
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
  read: (answer: MessageShape<O>) => R,
) => Promise<R | Down>;

/** Of the last so many attempts, when half have failed (and there were a few), calls are refused at once for a while. */
const WINDOW = 20;
const SHARE = 0.5;
const AT_LEAST = 5;
/** Milliseconds until an open circuit lets one call through; twice as long after each one that fails. */
const OPEN = { initialDelay: 500, maxDelay: 5_000 };
/** Attempts after the first, and the wait before them in milliseconds. */
const AGAIN = { maxAttempts: 2, backoff: { initialDelay: 25, maxDelay: 250 } };
/** An attempt that would have less time than this is not begun, milliseconds. */
const LEAST = 10;

/** The service is not there or overloaded, and may be there in a moment: nothing is known to be wrong with the call itself. */
const PASSING: ReadonlySet<Code> = new Set([Code.Unavailable, Code.Aborted, Code.ResourceExhausted]);
/** The call is wrong, the service is not. */
const OWN_FAULT: ReadonlySet<Code> = new Set([Code.InvalidArgument, Code.NotFound, Code.OutOfRange]);

/**
 * Calls over one connection to one service, each within its deadline. What may be repeated (the definitions say so:
 * `idempotency_level`) is tried again when the service is away for a moment. When it fails for longer, calls are refused at once
 * until one that is let through succeeds.
 * @param deadlineOf milliseconds that a method may take, all attempts together
 */
export function guardedCalls(transport: Transport, deadlineOf: (method: string) => number): RemoteCall {
  const breaker = circuitBreaker(
    handleWhen((error) => !OWN_FAULT.has(ConnectError.from(error).code)),
    {
      breaker: new CountBreaker({ size: WINDOW, threshold: SHARE, minimumNumberOfCalls: AT_LEAST }),
      halfOpenAfter: new ExponentialBackoff(OPEN),
    },
  );
  const again = retry(
    handleWhen((error) => error instanceof ConnectError && PASSING.has(error.code)),
    {
      maxAttempts: AGAIN.maxAttempts,
      backoff: new ExponentialBackoff(AGAIN.backoff),
    },
  );
  return async (method, request, read) => {
    const until = performance.now() + deadlineOf(method.localName);
    const attempt = () => {
      // Whoever is not the one call let through is not made to wait for it.
      if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
      return breaker.execute(async () => {
        const left = Math.floor(until - performance.now());
        if (left < LEAST)
          throw new ConnectError('no time is left for another attempt', Code.DeadlineExceeded);
        return read((await transport.unary(method, undefined, left, undefined, request)).message);
      });
    };
    try {
      return await (isRepeatable(method) ? again.execute(attempt) : attempt());
    } catch (error) {
      return { code: 'down', problem: `${method.parent.name}.${method.localName}: ${problemOf(error)}` };
    }
  };
}

function isRepeatable(method: DescMethodUnary): boolean {
  return method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
}

function problemOf(error: unknown): string {
  if (error instanceof BrokenCircuitError) return 'not called, the service failed too often just now';
  if (EdgeError.is(error)) return error.message;
  return ConnectError.from(error).message;
}
