import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { useTestEngine } from '../../../../test/support/use-engine.ts';
import type { Store } from '../../../store/index.ts';
import { type Identity, openSession } from './open-session.ts';
import { changeSession } from './session-store.ts';

const now = Date.now();
const engine = useTestEngine();
let identity: Identity;

beforeEach(() => {
  identity = { userId: randomUUID(), account: 'nora', right: 1, proof: { salt: 'aa', digest: 'bb' } };
});

const open = (connectionId: string, store: Store = engine.store) =>
  openSession(store, { identity, connectionId, replaces: 'any', now, step: `step-${connectionId}` });

/** The database, where something else writes in the moment before the next session is put. */
function overtaken(by: () => Promise<unknown>): Store {
  let waiting = true;
  return {
    ...engine.store,
    async put(table, item, when) {
      if (waiting) {
        waiting = false;
        await by();
      }
      return engine.store.put(table, item, when);
    },
  };
}

test('a connection of the older session that goes in that very moment does not refuse the new login', async () => {
  const first = await open('old');
  if (first.code !== 'ok') throw new Error(first.code);
  const key = { userId: identity.userId, sessionId: first.session.sessionId };
  const goes = () => changeSession(engine.store, key, now, () => ({ slots: {} }));
  expect(await open('new', overtaken(goes))).toMatchObject({ code: 'ok', displaced: [] });
});

test('nor does the end of the older session', async () => {
  const first = await open('old');
  if (first.code !== 'ok') throw new Error(first.code);
  const key = { userId: identity.userId, sessionId: first.session.sessionId };
  const ends = () => changeSession(engine.store, key, now, () => null);
  expect(await open('new', overtaken(ends))).toMatchObject({ code: 'ok' });
});

test('connections that end together end the session with one read and a write each', async () => {
  const first = await open('old');
  if (first.code !== 'ok') throw new Error(first.code);
  const key = { userId: identity.userId, sessionId: first.session.sessionId };
  const asked: string[] = [];
  const counted: Store = {
    ...engine.store,
    get(...args) {
      asked.push('get');
      return engine.store.get(...args);
    },
    put(...args) {
      asked.push('put');
      return engine.store.put(...args);
    },
    remove(...args) {
      asked.push('remove');
      return engine.store.remove(...args);
    },
  };
  const slots = [{ lobby: 'b', world: 'c' }, { world: 'c' }, null];
  const before = await Promise.all(
    slots.map((left) => changeSession(counted, key, now, () => (left === null ? null : { slots: left }))),
  );
  expect(before.map((session) => session?.slots)).toEqual([{ login: 'old' }, ...slots.slice(0, 2)]);
  expect(asked).toEqual(['get', 'put', 'put', 'remove']);
  expect(await changeSession(counted, key, now, () => ({}))).toBeNull();
});

test('a change that waited behind one of an older session is of its own', async () => {
  const first = await open('old');
  if (first.code !== 'ok') throw new Error(first.code);
  const older = { userId: identity.userId, sessionId: first.session.sessionId };
  const goes = changeSession(engine.store, older, now, () => ({ slots: {} }));
  const second = await open('new');
  if (second.code !== 'ok') throw new Error(second.code);
  const key = { userId: identity.userId, sessionId: second.session.sessionId };
  const changed = changeSession(engine.store, key, now, () => ({ channelId: 7 }));
  await goes;
  expect(await changed).toMatchObject({ sessionId: key.sessionId });
});

test('another login that comes first wins', async () => {
  await open('old');
  expect(
    await open(
      'late',
      overtaken(() => open('early')),
    ),
  ).toEqual({ code: 'in_use' });
  expect(await open('early')).toMatchObject({ code: 'ok' });
});

test('so it does where there was no session before', async () => {
  expect(
    await open(
      'late',
      overtaken(() => open('early')),
    ),
  ).toEqual({ code: 'in_use' });
});
