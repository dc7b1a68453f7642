import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { fromWire, type Item, isExpired, type Key, keyOf, type Wire } from './item.ts';
import { type Patience, persevere } from './persevere.ts';
import type { QueryRequest } from './store.ts';
import type { Surroundings } from './surroundings.ts';

/** Keys of one batch read, by the database's limit. */
const BATCH = 100;

export interface Access {
  readonly client: DynamoDBClient;
  readonly surroundings: Surroundings;
  readonly patience: Patience;
}

export async function getItem(access: Access, tableName: string, key: Key): Promise<Item | null> {
  const { client, surroundings, patience } = access;
  const command = () => new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true });
  const answer = await persevere(
    `get from ${tableName}`,
    () => client.send(command()),
    patience,
    surroundings,
  );
  return living(answer.Item, surroundings.now());
}

export async function getItems(
  access: Access,
  tableName: string,
  keys: readonly Key[],
): Promise<(Item | null)[]> {
  const found = new Map<string, Item>();
  for (let from = 0; from < keys.length; from += BATCH) {
    const wanted = new Map(keys.slice(from, from + BATCH).map((key) => [nameOf(key), keyOf(key)]));
    await readBatch(access, tableName, [...wanted.values()], found);
  }
  const now = access.surroundings.now();
  return keys.map((key) => {
    const item = found.get(nameOf(key));
    return item === undefined || isExpired(item, now) ? null : item;
  });
}

/** The database may leave keys over for load; they are asked for again like a throttled request. */
async function readBatch(
  access: Access,
  tableName: string,
  keys: Wire[],
  found: Map<string, Item>,
): Promise<void> {
  let left = keys;
  await persevere(
    `batch get from ${tableName}`,
    async () => {
      const request = { [tableName]: { Keys: left, ConsistentRead: true } };
      const answer = await access.client.send(new BatchGetItemCommand({ RequestItems: request }));
      for (const wire of answer.Responses?.[tableName] ?? []) {
        const item = fromWire(wire);
        found.set(nameOf(item), item);
      }
      left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
      if (left.length > 0) throw Object.assign(new Error('keys left over'), { name: 'ThrottlingException' });
    },
    access.patience,
    access.surroundings,
  );
}

export async function queryItems(access: Access, tableName: string, request: QueryRequest): Promise<Item[]> {
  const { client, surroundings, patience } = access;
  const items: Item[] = [];
  let start: Wire | undefined;
  do {
    const input = queryInput(tableName, request, start);
    const answer = await persevere(
      `query of ${tableName}`,
      () => client.send(new QueryCommand(input)),
      patience,
      surroundings,
    );
    for (const wire of answer.Items ?? []) {
      const item = living(wire, surroundings.now());
      if (item !== null) items.push(item);
      if (items.length === request.limit) return items;
    }
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

function queryInput(tableName: string, request: QueryRequest, start: Wire | undefined): QueryCommandInput {
  const prefixed = request.prefix !== undefined && request.prefix !== '';
  return {
    TableName: tableName,
    ConsistentRead: true,
    ScanIndexForward: request.descending !== true,
    KeyConditionExpression: prefixed ? '#pk = :pk AND begins_with(#sk, :prefix)' : '#pk = :pk',
    ExpressionAttributeNames: prefixed ? { '#pk': 'pk', '#sk': 'sk' } : { '#pk': 'pk' },
    ExpressionAttributeValues: {
      ':pk': { S: request.pk },
      ...(prefixed ? { ':prefix': { S: request.prefix ?? '' } } : {}),
    },
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  };
}

export async function* scanItems(access: Access, tableName: string): AsyncIterable<Item> {
  const { client, surroundings, patience } = access;
  let start: Wire | undefined;
  do {
    const from = start === undefined ? {} : { ExclusiveStartKey: start };
    const command = () => new ScanCommand({ TableName: tableName, ConsistentRead: true, ...from });
    const page = await persevere(
      `scan of ${tableName}`,
      () => client.send(command()),
      patience,
      surroundings,
    );
    for (const wire of page.Items ?? []) {
      const item = living(wire, surroundings.now());
      if (item !== null) yield item;
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

function living(wire: Wire | undefined, now: number): Item | null {
  if (wire === undefined) return null;
  const item = fromWire(wire);
  return isExpired(item, now) ? null : item;
}

/** A name for a key that two different keys never share. */
function nameOf(key: Key): string {
  return JSON.stringify([key.pk, key.sk]);
}
