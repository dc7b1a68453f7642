import type { Put, TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import type { Json, JsonObject } from '../contract/index.ts';
import { allOf, type Condition } from './condition.ts';
import { type Item, type Key, keyOf, NONCE, toWire, toWireValue, type Wire } from './item.ts';
import type { TableName } from './tables.ts';

/** Changes of single attributes. Lists are written whole, never by index. */
export interface Changes {
  readonly set?: JsonObject;
  /** Added to numbers; a missing one counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

/** One write, alone or as a part of a transaction. */
export type Write =
  | { readonly kind: 'put'; readonly table: TableName; readonly item: Item; readonly when?: Condition }
  | ({
      readonly kind: 'update';
      readonly table: TableName;
      readonly key: Key;
      readonly when?: Condition;
    } & Changes)
  | { readonly kind: 'delete'; readonly table: TableName; readonly key: Key; readonly when?: Condition }
  | { readonly kind: 'check'; readonly table: TableName; readonly key: Key; readonly when: Condition };

interface Expressions {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Wire;
}

/** Not carried out before by an attempt whose answer was lost. */
function notYet(nonce: string): Condition {
  return {
    expression: 'attribute_not_exists(#nonce) OR #nonce <> :ownNonce',
    names: { '#nonce': NONCE },
    values: { ':ownNonce': nonce },
  };
}

function conditionOf(when: Condition | undefined, guard: Condition | undefined): Expressions {
  const parts = [when, guard].filter((part) => part !== undefined);
  if (parts.length === 0) return {};
  const { expression, names = {}, values = {} } = allOf(...parts);
  const expressions: Expressions = { ConditionExpression: expression };
  if (Object.keys(names).length > 0) expressions.ExpressionAttributeNames = { ...names };
  if (Object.keys(values).length > 0) expressions.ExpressionAttributeValues = toWire(values, 'condition');
  return expressions;
}

const RETURN_OLD = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };

export function putInput(write: Write & { kind: 'put' }, tableName: string, nonce: string): Put {
  return {
    TableName: tableName,
    Item: { ...toWire(write.item, 'item'), [NONCE]: { S: nonce } },
    ...conditionOf(write.when, undefined),
    ...RETURN_OLD,
  };
}

/** `doubtful`: an earlier attempt may have been carried out; then it must not be carried out again. */
export function updateInput(
  write: Write & { kind: 'update' },
  tableName: string,
  nonce: string,
  doubtful: boolean,
): Update {
  const condition = conditionOf(write.when, doubtful ? notYet(nonce) : undefined);
  const names: Record<string, string> = { ...condition.ExpressionAttributeNames, '#nonce': NONCE };
  const values: Wire = { ...condition.ExpressionAttributeValues, ':ownNonce': { S: nonce } };
  const alias = (attribute: string, value?: Json): { name: string; value: string } => {
    const number = Object.keys(names).length;
    names[`#a${number}`] = attribute;
    if (value !== undefined) values[`:a${number}`] = toWireValue(value, attribute);
    return { name: `#a${number}`, value: `:a${number}` };
  };
  const set = ['#nonce = :ownNonce'];
  for (const [attribute, value] of Object.entries(write.set ?? {})) {
    if (value === undefined) continue;
    const at = alias(attribute, value);
    set.push(`${at.name} = ${at.value}`);
  }
  const add = Object.entries(write.add ?? {}).map(([attribute, by]) => {
    const at = alias(attribute, by);
    return `${at.name} ${at.value}`;
  });
  const remove = (write.remove ?? []).map((attribute) => alias(attribute).name);
  const clauses = [`SET ${set.join(', ')}`];
  if (add.length > 0) clauses.push(`ADD ${add.join(', ')}`);
  if (remove.length > 0) clauses.push(`REMOVE ${remove.join(', ')}`);
  return {
    TableName: tableName,
    Key: keyOf(write.key),
    UpdateExpression: clauses.join(' '),
    ...condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ...RETURN_OLD,
  };
}

export function bareInput(write: Write & { kind: 'delete' | 'check' }, tableName: string) {
  return {
    TableName: tableName,
    Key: keyOf(write.key),
    ...conditionOf(write.when, undefined),
    ...RETURN_OLD,
  };
}

export function transactItem(write: Write, tableName: string, nonce: string): TransactWriteItem {
  switch (write.kind) {
    case 'put':
      return { Put: putInput(write, tableName, nonce) };
    case 'update':
      return { Update: updateInput(write, tableName, nonce, false) };
    case 'delete':
      return { Delete: bareInput(write, tableName) };
    case 'check':
      return {
        ConditionCheck: { ConditionExpression: write.when.expression, ...bareInput(write, tableName) },
      };
  }
}
