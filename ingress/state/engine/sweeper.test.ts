import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, vi } from 'vitest';
import { expiresAfter } from '../../../shared/store/index.ts';
import { silentLog } from '../../../test/support/engine.ts';
import { manualClock } from '../../../test/support/manual-clock.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { SWEEP_EVERY, startSweeper, sweep } from './sweeper.ts';

const engine = useTestEngine();

/** Whether the item lies in the table, expired or not. */
async function lies(sk: string): Promise<boolean> {
  const Key = { pk: { S: 'sweep' }, sk: { S: sk } };
  const TableName = engine.store.tableName('sessions');
  return (await engine.store.client.send(new GetItemCommand({ TableName, Key }))).Item !== undefined;
}

it('deletes what is expired and nothing else, over many pages', async () => {
  const clock = manualClock(Date.now());
  const expired = Array.from({ length: 60 }, (_, n) => ({
    pk: 'sweep',
    sk: `old${n}`,
    expires: expiresAfter(clock.now(), -5_000),
    filler: 'x'.repeat(50_000),
  }));
  for (const item of expired) await engine.store.put('sessions', item);
  await engine.store.put('sessions', { pk: 'sweep', sk: 'new', expires: expiresAfter(clock.now(), 60_000) });
  await engine.store.put('sessions', { pk: 'sweep', sk: 'forever' });
  expect(await sweep({ store: engine.store, log: silentLog, clock })).toBe(60);
  expect(await lies('old0')).toBe(false);
  expect(await lies('new')).toBe(true);
  expect(await lies('forever')).toBe(true);
});

it('runs again and again until stopped', async () => {
  const clock = manualClock(Date.now());
  const stop = startSweeper({ store: engine.store, log: silentLog, clock });
  for (const sk of ['first', 'second']) {
    await engine.store.put('sessions', { pk: 'sweep', sk, expires: expiresAfter(clock.now(), 1_000) });
    clock.advance(SWEEP_EVERY);
    await vi.waitFor(async () => expect(await lies(sk)).toBe(false));
    await vi.waitFor(() => expect(clock.planned).toBe(1));
  }
  await stop();
  expect(clock.planned).toBe(0);
});

it('ends in the middle of a page when it is stopped', async () => {
  const clock = manualClock(Date.now());
  for (let n = 0; n < 20; n += 1)
    await engine.store.put('sessions', {
      pk: 'sweep',
      sk: `late${n}`,
      expires: expiresAfter(clock.now(), -5_000),
    });
  let asked = 0;
  const stopped = (): boolean => {
    asked += 1;
    return asked > 10;
  };
  expect(await sweep({ store: engine.store, log: silentLog, clock }, stopped)).toBeLessThan(10);
});
