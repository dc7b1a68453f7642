import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../ingress/ports/clock.ts';
import { INGRESS_PATIENCE, startEngine } from '../../ingress/state/index.ts';
import { coreKey, openStore, sectionValue, transactOnce } from '../../shared/store/index.ts';
import { silentLog, startTestEngine, type TestEngine } from '../support/engine.ts';
import { OWNS, storeCharacter, testKeeper } from '../support/keeper.ts';

let engine: TestEngine;

afterEach(() => engine.stop());

/** Kills the engine again and again until told to stop; resolves with how often. */
function killAgainAndAgain(every: number): () => Promise<number> {
  let on = true;
  const killing = (async () => {
    let kills = 0;
    while (on) {
      await new Promise((resolve) => setTimeout(resolve, every));
      process.kill(engine.engine.pid, 'SIGKILL');
      kills += 1;
      const killed = engine.engine.pid;
      while (engine.engine.pid === killed) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return kills;
  })();
  return () => {
    on = false;
    return killing;
  };
}

it('loses nothing acknowledged when the engine is killed in the middle of writes, and the writers never notice', async () => {
  engine = await startTestEngine({ patience: INGRESS_PATIENCE });
  const keeper = testKeeper({ store: engine.store, clock: systemClock });
  const players = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      await storeCharacter(engine.store, `p${n}`);
      const connection = keeper.connect();
      await keeper.commit(connection, { change: { characterId: `p${n}` } });
      return { id: `p${n}`, connection };
    }),
  );
  const acknowledged = new Map<string, number>();
  const stop = killAgainAndAgain(400);
  await Promise.all(
    players.map(async ({ id, connection }) => {
      for (let n = 1; n <= 40; n += 1) {
        await keeper.commit(connection, { change: { sections: { deeds: { n } } } });
        acknowledged.set(id, n);
      }
    }),
  );
  expect(await stop()).toBeGreaterThanOrEqual(1);
  for (const { id } of players) {
    const item = await engine.store.get('characters', coreKey(id));
    expect(item).toMatchObject({ epoch: 1, rev: 40 });
    expect(acknowledged.get(id)).toBe(40);
    expect(item === null ? null : sectionValue(item, 'deeds')).toEqual({ n: 40 });
  }
  expect(keeper.lost).toEqual([]);
}, 60_000);

it('counts and pays exactly once whatever dies when', async () => {
  engine = await startTestEngine({ patience: INGRESS_PATIENCE });
  const { store } = engine;
  await store.put('characters', { pk: 'purse', sk: 'n', n: 1_000 });
  const key = { pk: 'purse', sk: 'n' };
  const stop = killAgainAndAgain(300);
  await Promise.all(
    Array.from({ length: 4 }, async (_, worker) => {
      for (let n = 0; n < 25; n += 1) {
        const pay = { kind: 'update', table: 'characters', key, add: { n: -1 } } as const;
        const outcome = await transactOnce(store, { turnId: `${worker}:${n}`, step: 'pay' }, [pay], n);
        expect(outcome).toMatchObject({ outcome: n });
      }
    }),
  );
  await stop();
  expect(await store.get('characters', key)).toMatchObject({ n: 900 });
}, 60_000);

it('brings sections and timers back after everything was started anew', async () => {
  engine = await startTestEngine();
  const before = testKeeper({ store: engine.store, clock: systemClock });
  const connection = before.connect();
  await storeCharacter(engine.store, 'back');
  await before.commit(connection, { change: { characterId: 'back' } });
  await before.commit(connection, {
    change: { sections: { deeds: { n: 1 }, whereabouts: { x: 2 } } },
    timers: [{ name: 'expiry', at: 99, payload: { effect: 7 }, section: 'deeds' }],
  });
  // No close, no release: as after a crash of ingress and engine together.
  process.kill(engine.engine.pid, 'SIGKILL');
  await engine.engine.stop();
  const again = await startEngine({ dataDir: engine.dataDir, log: silentLog });
  const store = openStore({ DYNAMODB_ENDPOINT: again.endpoint });
  const after = testKeeper({ store, clock: systemClock, ingressId: 'edge-2', isDead: async () => true });
  const next = after.connect();
  expect(await after.commit(next, { change: { characterId: 'back' } })).toEqual({
    kind: 'owned',
    characterId: 'back',
    epoch: 2,
    timers: [{ name: 'expiry', at: 99, payload: { effect: 7 }, section: 'deeds' }],
  });
  expect(next.state.view(Object.keys(OWNS)).sections).toEqual({ deeds: { n: 1 }, whereabouts: { x: 2 } });
  store.close();
  await again.stop();
});
