import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Json, JsonObject } from '../contract/index.ts';
import { EdgeError } from '../errors/edge-error.ts';
import { EXPIRES, PARTITION_KEY, SORT_KEY } from './tables.ts';

/** The key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as the database keeps it: its key, and plain JSON. */
export interface Item extends JsonObject {
  readonly pk: string;
  readonly sk: string;
}

export type Wire = Record<string, AttributeValue>;

/** Attribute in which every write leaves its nonce, so that its writer can tell whether an unclear write arrived. */
export const NONCE = 'nonce';

/** JSON to the database's typed values. Throws `bad_value` for a number that it cannot hold. */
export function toWire(value: JsonObject, what: string): Wire {
  try {
    return marshall(value, { removeUndefinedValues: true });
  } catch (error) {
    throw new EdgeError('bad_value', `${what} cannot be stored: ${String(error)}`, { what }, error);
  }
}

export function toWireValue(value: Json, what: string): AttributeValue {
  return toWire({ value }, what).value ?? { NULL: true };
}

export function fromWire(wire: Wire): Item {
  return unmarshall(wire) as Item;
}

export function keyOf(key: Key): Wire {
  return { [PARTITION_KEY]: { S: key.pk }, [SORT_KEY]: { S: key.sk } };
}

/** Whether an item's time is over although the database has not deleted it yet. `now` in milliseconds since 1970. */
export function isExpired(item: JsonObject, now: number): boolean {
  const expires = item[EXPIRES];
  return typeof expires === 'number' && expires * 1000 <= now;
}

/** The value for `expires` of an item that counts for `milliseconds` from now on: whole seconds, never too early. */
export function expiresAfter(now: number, milliseconds: number): number {
  return Math.ceil((now + milliseconds) / 1000);
}

/** The item without what belongs to the store: key, nonce, expiry. */
export function contentOf(item: Item): JsonObject {
  const content: Record<string, Json | undefined> = { ...item };
  for (const name of [PARTITION_KEY, SORT_KEY, NONCE, EXPIRES]) delete content[name];
  return content;
}
