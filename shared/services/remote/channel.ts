import type { Interceptor } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import type { Calls } from './calls.ts';
import { guardedCalls, type RemoteCall } from './guarded-call.ts';
import type { RemoteTarget } from './target.ts';

/**
 * Milliseconds: a connection with calls under way is probed so often, and one that was quiet for longer before it is used again. The
 * second is what a call loses when the connection died unnoticed, as it does while a Lambda sandbox is frozen.
 */
const PING_EVERY = 15_000;
const PING_PATIENCE = 300;
/** An answer that is larger than this is refused. */
const READ_MAX_BYTES = 16_777_216;

/** One HTTP/2 connection to a service, opened at the first call and kept alive; it does not keep the process alive. */
export function openChannel(target: RemoteTarget, calls: Calls<object>): RemoteCall {
  const transport = createGrpcTransport({
    baseUrl: target.url,
    pingIntervalMs: PING_EVERY,
    pingTimeoutMs: PING_PATIENCE,
    acceptCompression: [],
    readMaxBytes: READ_MAX_BYTES,
    interceptors: [tracing, ...(target.token === null ? [] : [bearing(target.token)])],
  });
  const times = new Map(Object.entries<number>(calls));
  return guardedCalls(transport, (method) => target.deadline * (times.get(method) ?? 1));
}

/** Hands on the trace header of the invocation in which the call is made, as the AWS SDK does; there is none outside Lambda. */
const tracing: Interceptor = (next) => (request) => {
  const trace = process.env._X_AMZN_TRACE_ID;
  if (trace !== undefined) request.header.set('x-amzn-trace-id', trace);
  return next(request);
};

function bearing(token: string): Interceptor {
  return (next) => (request) => {
    request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
}
