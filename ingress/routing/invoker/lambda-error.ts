import { EdgeError } from '../../../shared/errors/edge-error.ts';

/** Errors with which the platform refuses for load, before anything ran. */
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitReached/;
/** Errors of the connection before a byte of the request went out. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

interface ServiceError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The error for an invocation that the platform refused or that got lost. `ended` in its details: the function certainly does not run. */
export function lambdaError(family: string, cause: unknown): EdgeError {
  const error: ServiceError = typeof cause === 'object' && cause !== null ? cause : {};
  const name = String(error.name ?? 'Error');
  const code = typeof error.code === 'string' ? error.code : name;
  const status = error.$metadata?.httpStatusCode ?? null;
  const details = { family, cause: code, status };
  if (status === 429 || THROTTLED.test(name)) {
    return new EdgeError('invoke_throttled', `family ${family}: ${name}`, details, cause);
  }
  const refused = status !== null && status >= 400 && status < 500;
  const ended = refused || NOT_SENT.has(code) || name === 'CredentialsProviderError';
  return new EdgeError(
    'invoke_failed',
    `family ${family}: ${name}: ${String(error.message ?? cause)}`,
    { ...details, ended },
    cause,
  );
}

/** The error for a function that ran and failed: Lambda answers 200 with what the runtime says of it. */
export function functionError(family: string, kind: string, payload: unknown): EdgeError {
  const said =
    typeof payload === 'object' && payload !== null
      ? (payload as { errorType?: unknown; errorMessage?: unknown })
      : {};
  const type = String(said.errorType ?? kind);
  const message = `family ${family}: the function failed: ${type}: ${String(said.errorMessage ?? '')}`;
  return new EdgeError('invoke_failed', message, { family, cause: type, status: 200, ended: true });
}
