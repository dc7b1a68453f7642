import {
  type CancellationReason,
  DeleteItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { classify } from './classify.ts';
import { fromWire, type Item, NONCE, type Wire } from './item.ts';
import { persevere } from './persevere.ts';
import type { Access } from './reads.ts';
import type { Refused, TransactOutcome, UpdateOutcome, WriteOutcome } from './store.ts';
import { bareInput, putInput, transactItem, updateInput, type Write } from './write.ts';

/** Runs a write with a nonce; after a failed condition one's own nonce on the item means that an earlier attempt arrived. */
async function withNonce<T>(
  access: Access,
  what: string,
  run: (nonce: string, doubtful: boolean) => Promise<T>,
  judge: (error: unknown, nonce: string, doubtful: boolean) => T,
): Promise<T> {
  const nonce = access.surroundings.nonce();
  const attempt = async ({ doubtful }: { doubtful: boolean }): Promise<T> => {
    try {
      return await run(nonce, doubtful);
    } catch (error) {
      if (classify(error) !== 'condition') throw error;
      return judge(error, nonce, doubtful);
    }
  };
  return persevere(what, attempt, access.patience, access.surroundings);
}

const DONE = { kind: 'done' } as const;

export function putItem(
  access: Access,
  tableName: string,
  write: Write & { kind: 'put' },
): Promise<WriteOutcome> {
  return withNonce<WriteOutcome>(
    access,
    `put to ${tableName}`,
    async (nonce) => {
      await access.client.send(new PutItemCommand(putInput(write, tableName, nonce)));
      return DONE;
    },
    (error, nonce) => {
      const current = standing(error);
      return current?.[NONCE] === nonce ? DONE : refused(current);
    },
  );
}

export function updateItem(
  access: Access,
  tableName: string,
  write: Write & { kind: 'update' },
): Promise<UpdateOutcome> {
  return withNonce<UpdateOutcome>(
    access,
    `update of ${tableName}`,
    async (nonce, doubtful) => {
      const input = { ...updateInput(write, tableName, nonce, doubtful), ReturnValues: 'ALL_NEW' as const };
      const answer = await access.client.send(new UpdateItemCommand(input));
      return { kind: 'done', item: fromWire(answer.Attributes ?? {}) };
    },
    (error, nonce) => {
      const current = standing(error);
      return current !== null && current[NONCE] === nonce
        ? { kind: 'done', item: current }
        : refused(current);
    },
  );
}

export function deleteItem(
  access: Access,
  tableName: string,
  write: Write & { kind: 'delete' },
): Promise<WriteOutcome> {
  return withNonce<WriteOutcome>(
    access,
    `delete from ${tableName}`,
    async () => {
      await access.client.send(new DeleteItemCommand(bareInput(write, tableName)));
      return DONE;
    },
    (error, _nonce, doubtful) => {
      const current = standing(error);
      return current === null && doubtful ? DONE : refused(current);
    },
  );
}

export function transactItems(
  access: Access,
  nameOf: (table: string) => string,
  writes: readonly Write[],
): Promise<TransactOutcome> {
  return withNonce<TransactOutcome>(
    access,
    'transaction',
    async (nonce) => {
      const items = writes.map((write) => transactItem(write, nameOf(write.table), nonce));
      await access.client.send(
        new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token(nonce) }),
      );
      return DONE;
    },
    (error, nonce) => {
      const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
      const failed = reasons.flatMap((reason, index) => failedAt(reason, index));
      // All or nothing: one item with our nonce proves that the whole transaction was carried out by an earlier attempt.
      const own = failed.some(({ current }) => current?.[NONCE] === nonce);
      return own ? DONE : { kind: 'refused', failed };
    },
  );
}

/** The database takes tokens of 1 to 36 characters. */
function token(nonce: string): string {
  return nonce.slice(0, 36);
}

function failedAt(reason: CancellationReason, index: number): { index: number; current: Item | null }[] {
  if (reason.Code !== 'ConditionalCheckFailed') return [];
  return [{ index, current: reason.Item === undefined ? null : fromWire(reason.Item) }];
}

function standing(error: unknown): Item | null {
  const wire = (error as { Item?: Wire }).Item;
  return wire === undefined || Object.keys(wire).length === 0 ? null : fromWire(wire);
}

function refused(current: Item | null): Refused {
  return { kind: 'refused', current };
}
