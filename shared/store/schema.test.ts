import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../test/support/engine.ts';
import { createTables, type Migration, migrate, SCHEMA_VERSION } from './index.ts';

let engine: TestEngine;

beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.stop());

const version = async () => (await engine.store.get('world', { pk: 'schema', sk: 'version' }))?.version;

/** Renames an attribute of every account that still has the old one. */
const renames: Migration = {
  to: SCHEMA_VERSION + 1,
  async run(store) {
    for await (const account of store.scan('accounts')) {
      if (account.old === undefined) continue;
      await store.update('accounts', account, { set: { fresh: account.old }, remove: ['old'] });
    }
  },
};

it('marks new tables with the version of the code, and making them again changes nothing', async () => {
  expect(await version()).toBe(SCHEMA_VERSION);
  await createTables(engine.store);
  expect(await version()).toBe(SCHEMA_VERSION);
});

it('runs the missing steps once, in order, also when several services start together', async () => {
  const { store } = engine;
  await store.put('accounts', { pk: 'a', sk: '-', old: 7 });
  const order: number[] = [];
  const steps: Migration[] = [renames, { to: SCHEMA_VERSION + 2, run: async () => void order.push(2) }];
  await Promise.all([migrate(store, steps, SCHEMA_VERSION + 2), migrate(store, steps, SCHEMA_VERSION + 2)]);
  expect(await version()).toBe(SCHEMA_VERSION + 2);
  expect(await store.get('accounts', { pk: 'a', sk: '-' })).toMatchObject({ fresh: 7 });
  order.length = 0;
  expect(await migrate(store, steps, SCHEMA_VERSION + 2)).toBe(SCHEMA_VERSION + 2);
  expect(order).toEqual([]);
});

it('goes on where a failed step left off', async () => {
  const { store } = engine;
  const fails: Migration = { to: SCHEMA_VERSION + 2, run: () => Promise.reject(new Error('cut off')) };
  await expect(migrate(store, [renames, fails], SCHEMA_VERSION + 2)).rejects.toThrow('cut off');
  expect(await version()).toBe(SCHEMA_VERSION + 1);
});

it('refuses data of a newer layout', async () => {
  await engine.store.put('world', { pk: 'schema', sk: 'version', version: SCHEMA_VERSION + 1 });
  await expect(createTables(engine.store)).rejects.toMatchObject({ code: 'schema_newer' });
});
