import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  type Condition,
  EXPIRES,
  type Store,
  TABLE_NAMES,
  type TableName,
} from '../../../shared/store/index.ts';
import type { Log } from '../../operations/log.ts';
import type { Cancel, Clock } from '../../ports/clock.ts';

/** Milliseconds between sweeps. */
export const SWEEP_EVERY = 10 * 60_000;
/** Items looked at in one request, so that a sweep never holds players up for long. */
const PAGE = 500;

export interface SweeperOptions {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
}

/** Deletes items whose time is over, which DynamoDB does by itself and the embedded engine does not. Returns how to stop. */
export function startSweeper(options: SweeperOptions): () => Promise<void> {
  let cancel: Cancel = () => {};
  let stopped = false;
  let sweeping: Promise<void> = Promise.resolve();
  const plan = () => {
    cancel = options.clock.schedule(SWEEP_EVERY, () => {
      sweeping = run();
    });
  };
  const run = async () => {
    try {
      const swept = await sweep(options, () => stopped);
      if (swept > 0) options.log.debug({ swept }, 'expired items deleted');
    } catch (error) {
      options.log.warn(
        { code: 'database_down', error: String(error) },
        'a sweep of expired items failed; the next one goes on',
      );
    }
    if (!stopped) plan();
  };
  plan();
  return () => {
    stopped = true;
    cancel();
    return sweeping;
  };
}

/** One sweep over all tables; resolves with how many items it deleted. `stopped` is asked before each, so that the end of the service does not wait. */
export async function sweep(
  { store, clock }: SweeperOptions,
  stopped: () => boolean = () => false,
): Promise<number> {
  let swept = 0;
  for (const table of TABLE_NAMES) {
    let start: Record<string, AttributeValue> | undefined;
    do {
      if (stopped()) return swept;
      const now = Math.floor(clock.now() / 1000);
      const page = await store.client.send(new ScanCommand(expiredIn(store, table, now, start)));
      for (const { pk, sk } of page.Items ?? []) {
        if (stopped()) return swept;
        swept += await remove(store, table, pk?.S, sk?.S, now);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
  return swept;
}

function expiredIn(
  store: Store,
  table: TableName,
  now: number,
  start: Record<string, AttributeValue> | undefined,
) {
  return {
    TableName: store.tableName(table),
    Limit: PAGE,
    FilterExpression: '#expires <= :now',
    ProjectionExpression: '#pk, #sk',
    ExpressionAttributeNames: { '#expires': EXPIRES, '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: { ':now': { N: String(now) } },
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  };
}

/** Only if it is still expired: it may have been renewed since it was seen. */
async function remove(
  store: Store,
  table: TableName,
  pk: string | undefined,
  sk: string | undefined,
  now: number,
) {
  if (pk === undefined || sk === undefined) return 0;
  const when: Condition = {
    expression: '#expires <= :now',
    names: { '#expires': EXPIRES },
    values: { ':now': now },
  };
  const outcome = await store.remove(table, { pk, sk }, when);
  return outcome.kind === 'done' ? 1 : 0;
}
