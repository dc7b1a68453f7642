import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { EdgeError } from '../errors/edge-error.ts';
import { DEFAULT_PATIENCE, persevere } from './persevere.ts';
import { migrate } from './schema.ts';
import type { Store } from './store.ts';
import { EXPIRES, PARTITION_KEY, SORT_KEY, TABLE_NAMES } from './tables.ts';

/** Milliseconds between looks at a table that is being made, and looks until it counts as failed. */
const LOOK_EVERY = 100;
const LOOKS = 300;

/**
 * Makes the tables that are missing, waits until all can be used, and brings their data to the layout of this code: for the
 * embedded mode and tests. Elsewhere infrastructure code makes the tables, and the ingress calls `migrate` when it starts.
 */
export async function createTables(store: Store): Promise<void> {
  for (const table of TABLE_NAMES) {
    const name = store.tableName(table);
    const made = await createTable(store, name);
    await untilActive(store, name);
    if (made) await expireItems(store, name);
  }
  await migrate(store);
}

function ask<T>(store: Store, what: string, run: () => Promise<T>): Promise<T> {
  return persevere(what, run, DEFAULT_PATIENCE, store.surroundings);
}

async function createTable(store: Store, name: string): Promise<boolean> {
  if ((await statusOf(store, name)) !== undefined) return false;
  const command = new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
      { AttributeName: SORT_KEY, KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: PARTITION_KEY, AttributeType: 'S' },
      { AttributeName: SORT_KEY, AttributeType: 'S' },
    ],
  });
  return ask(store, `creation of ${name}`, async () => {
    try {
      await store.client.send(command);
      return true;
    } catch (error) {
      if (error instanceof ResourceInUseException) return false;
      throw error;
    }
  });
}

function statusOf(store: Store, name: string): Promise<string | undefined> {
  return ask(store, `description of ${name}`, async () => {
    try {
      const answer = await store.client.send(new DescribeTableCommand({ TableName: name }));
      return answer.Table?.TableStatus ?? 'CREATING';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  });
}

async function untilActive(store: Store, name: string): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    if ((await statusOf(store, name)) === 'ACTIVE') return;
    await store.surroundings.sleep(LOOK_EVERY);
  }
  throw new EdgeError('database_down', `table ${name} does not become active`, { table: name });
}

async function expireItems(store: Store, name: string): Promise<void> {
  const TimeToLiveSpecification = { Enabled: true, AttributeName: EXPIRES };
  const command = new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification });
  await ask(store, `time to live of ${name}`, () => store.client.send(command));
}
