import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Milliseconds to connect, and for one request; a request beyond counts as unclear and is tried again. */
const CONNECT_TIMEOUT = 1_000;
export const REQUEST_TIMEOUT = 3_000;
/** Connections kept open to the database; requests beyond wait. */
const MAX_SOCKETS = 64;

/** Settings that the store reads. */
export type StoreEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The SDK's client. `DYNAMODB_ENDPOINT` chooses another DynamoDB than that of `AWS_REGION` (default us-east-1); a loopback one
 * gets made-up credentials unless some are set, and the chain of credential providers is never asked then.
 * The SDK's own retries are off: the store must know of each attempt whether its outcome is unclear.
 */
export function openClient(environment: StoreEnvironment, requestTimeout = REQUEST_TIMEOUT): DynamoDBClient {
  const endpoint = environment.DYNAMODB_ENDPOINT;
  const credentials =
    endpoint === undefined || endpoint === '' ? undefined : localCredentials(endpoint, environment);
  return new DynamoDBClient({
    region: environment.AWS_REGION ?? 'us-east-1',
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT,
      requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
    ...(endpoint === undefined || endpoint === '' ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function localCredentials(endpoint: string, environment: StoreEnvironment) {
  const accessKeyId = environment.AWS_ACCESS_KEY_ID;
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return undefined;
  return LOOPBACK.has(new URL(endpoint).hostname)
    ? { accessKeyId: 'local', secretAccessKey: 'local' }
    : undefined;
}
