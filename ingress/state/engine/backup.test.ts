import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../shared/store/index.ts';
import { silentLog, startTestEngine, type TestEngine } from '../../../test/support/engine.ts';
import { backupData, restoreData, startEngine } from './index.ts';

let engine: TestEngine;
let file: string;

beforeEach(async () => {
  engine = await startTestEngine();
  file = join(engine.dataDir, 'copy.sqlite');
});
afterEach(() => engine.stop());

it('copies one moment while others write, and brings it back', async () => {
  const { store, dataDir } = engine;
  await store.put('accounts', { pk: 'b', sk: 'before' });
  let writing = true;
  const writers = (async () => {
    for (let n = 0; writing; n += 1) {
      const pair = ['x', 'y'].map(
        (sk) => ({ kind: 'put', table: 'accounts', item: { pk: 'pair', sk, n } }) as const,
      );
      await store.transact(pair);
    }
  })();
  await backupData(dataDir, file);
  writing = false;
  await writers;
  await store.put('accounts', { pk: 'b', sk: 'after' });

  await expect(restoreData(dataDir, file)).rejects.toMatchObject({ code: 'data_dir_locked' });
  await engine.engine.stop();
  await restoreData(dataDir, file);
  expect(existsSync(join(dataDir, 'data.sqlite.before-restore'))).toBe(true);

  const again = await startEngine({ dataDir, log: silentLog });
  const restored = openStore({ DYNAMODB_ENDPOINT: again.endpoint });
  expect(await restored.get('accounts', { pk: 'b', sk: 'before' })).not.toBeNull();
  expect(await restored.get('accounts', { pk: 'b', sk: 'after' })).toBeNull();
  const [x, y] = await restored.getMany('accounts', [
    { pk: 'pair', sk: 'x' },
    { pk: 'pair', sk: 'y' },
  ]);
  expect(x?.n).toBe(y?.n);
  await restored.put('accounts', { pk: 'b', sk: 'onwards' });
  restored.close();
  await again.stop();
});

it('refuses what is no backup, what exists, and where there is no data', async () => {
  writeFileSync(file, 'not a database at all, but long enough to be looked at as one');
  await expect(restoreData(engine.dataDir, file)).rejects.toMatchObject({ code: 'bad_config' });
  await expect(restoreData(engine.dataDir, `${file}.missing`)).rejects.toMatchObject({ code: 'bad_config' });
  await expect(backupData(engine.dataDir, file)).rejects.toMatchObject({ code: 'bad_config' });
  await expect(backupData(join(engine.dataDir, 'nowhere'), `${file}2`)).rejects.toMatchObject({
    code: 'bad_config',
  });
});
