import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { injectFaults, type StoreFaults } from '../../test/support/store-faults.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { atLeast, readReceipt, transactOnce, type Write } from './index.ts';

const engine = useTestEngine();
let faults: StoreFaults;

beforeAll(async () => {
  faults = injectFaults(engine.store);
});
beforeEach(() => {
  faults.choose = () => undefined;
});

async function purse(sk: string, n: number): Promise<Write> {
  await engine.store.put('characters', { pk: 'purse', sk, n });
  return {
    kind: 'update',
    table: 'characters',
    key: { pk: 'purse', sk },
    add: { n: -10 },
    when: atLeast('n', 10),
  };
}

const left = async (sk: string) => (await engine.store.get('characters', { pk: 'purse', sk }))?.n;

it('returns the first outcome to every later run of the same turn', async () => {
  const pay = await purse('a', 15);
  const key = { turnId: 'edge-1:7', step: 'buy' };
  expect(await transactOnce(engine.store, key, [pay], { uid: 'first' })).toEqual({
    kind: 'done',
    outcome: { uid: 'first' },
  });
  expect(await transactOnce(engine.store, key, [pay], { uid: 'second' })).toEqual({
    kind: 'repeated',
    outcome: { uid: 'first' },
  });
  expect(await readReceipt(engine.store, key)).toEqual({ outcome: { uid: 'first' } });
  expect(await left('a')).toBe(5);
});

it('runs other steps and other turns of their own', async () => {
  const pay = await purse('b', 30);
  for (const key of [
    { turnId: 't', step: '1' },
    { turnId: 't', step: '2' },
    { turnId: 'u', step: '1' },
  ]) {
    expect((await transactOnce(engine.store, key, [pay], null)).kind).toBe('done');
  }
  expect(await left('b')).toBe(0);
});

it('names failed conditions by the index of the caller, and leaves no receipt', async () => {
  const pay = await purse('c', 5);
  const key = { turnId: 'poor', step: '1' };
  const outcome = await transactOnce(engine.store, key, [pay], null);
  expect(outcome).toMatchObject({ kind: 'refused', failed: [{ index: 0, current: { n: 5 } }] });
  expect(await readReceipt(engine.store, key)).toBeNull();
});

it('pays once when two runs of a turn race, and tells both the same', async () => {
  const pay = await purse('d', 100);
  const runs = Array.from({ length: 8 }, (_, n) =>
    transactOnce(engine.store, { turnId: 'race', step: '1' }, [pay], n),
  );
  const outcomes = await Promise.all(runs);
  expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  expect(new Set(outcomes.map((one) => (one.kind === 'refused' ? 'refused' : one.outcome))).size).toBe(1);
  expect(await left('d')).toBe(90);
});

it('tries again on a conflict with another transaction', async () => {
  const pay = await purse('e', 20);
  let conflicts = 3;
  faults.choose = (command) => {
    if (command !== 'TransactWriteItemsCommand' || conflicts === 0) return undefined;
    conflicts -= 1;
    const CancellationReasons = [{ Code: 'None' }, { Code: 'TransactionConflict' }];
    return new TransactionCanceledException({
      message: 'conflict',
      $metadata: { httpStatusCode: 400 },
      CancellationReasons,
    });
  };
  expect((await transactOnce(engine.store, { turnId: 'conflict', step: '1' }, [pay], null)).kind).toBe(
    'done',
  );
  expect(conflicts).toBe(0);
  expect(await left('e')).toBe(10);
});

it('pays once when the answer is lost', async () => {
  const pay = await purse('f', 20);
  let lost = 1;
  faults.choose = (command) =>
    command === 'TransactWriteItemsCommand' && lost-- > 0 ? 'lost-answer' : undefined;
  const outcome = await transactOnce(engine.store, { turnId: 'lost', step: '1' }, [pay], 'paid');
  expect(outcome).toMatchObject({ outcome: 'paid' });
  expect(await left('f')).toBe(10);
});
