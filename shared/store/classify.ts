import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/**
 * What a failed request means for its caller.
 * - `condition`: the condition did not hold; nothing was written.
 * - `conflict`: another transaction holds an item; nothing was written, trying again is right.
 * - `throttled`: refused for load; nothing was written.
 * - `unclear`: no answer, or the server failed: it may have been written.
 * - `refused`: the request itself is wrong (no such table, no permission, too large); trying again is pointless.
 */
export type FailureKind = 'condition' | 'conflict' | 'throttled' | 'unclear' | 'refused';

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'ThrottlingException',
  'ThrottlingError',
  'Throttling',
  'RequestLimitExceeded',
  'TooManyRequestsException',
]);
const CONFLICT = new Set([
  'TransactionConflictException',
  'TransactionConflict',
  'TransactionInProgressException',
]);

export function classify(error: unknown): FailureKind {
  if (error instanceof TransactionCanceledException) return classifyCancelled(error);
  const { name, $metadata: metadata } = shapeOf(error);
  if (name === 'ConditionalCheckFailedException') return 'condition';
  if (CONFLICT.has(name)) return 'conflict';
  if (THROTTLED.has(name) || metadata?.httpStatusCode === 429) return 'throttled';
  const status = metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'unclear';
}

function classifyCancelled(error: TransactionCanceledException): FailureKind {
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  if (codes.includes('ConditionalCheckFailed')) return 'condition';
  if (codes.some((code) => CONFLICT.has(code))) return 'conflict';
  if (codes.some((code) => THROTTLED.has(code))) return 'throttled';
  return 'refused';
}

function shapeOf(error: unknown): { name: string; $metadata?: { httpStatusCode?: number } } {
  if (typeof error !== 'object' || error === null) return { name: '' };
  return error as { name: string; $metadata?: { httpStatusCode?: number } };
}
