import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { injectFaults, type StoreFaults } from '../../test/support/store-faults.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { absent, allOf, anyOf, atLeast, contentOf, equals, exists, expiresAfter, present } from './index.ts';

const engine = useTestEngine();
let faults: StoreFaults;

beforeAll(async () => {
  faults = injectFaults(engine.store);
});
beforeEach(() => {
  faults.choose = () => undefined;
  faults.commands.length = 0;
});

/** The fault for the first request of a command, then none. */
function once(command: string, fault: ReturnType<StoreFaults['choose']>): void {
  let left = 1;
  faults.choose = (name) => (name === command && left-- > 0 ? fault : undefined);
}

describe('items', () => {
  it('come back as they were put, with any JSON and any attribute name', async () => {
    const { store } = engine;
    const content = {
      n: 1.5,
      big: '9223372036854775807',
      list: [1, null, { deep: [true, ''] }],
      имя: { 'a b': 'ü' },
    };
    await store.put('accounts', { pk: 'json', sk: '-', ...content, gone: undefined });
    const item = await store.get('accounts', { pk: 'json', sk: '-' });
    expect(item === null ? null : contentOf(item)).toEqual(content);
  });

  it('are absent when there are none', async () => {
    expect(await engine.store.get('accounts', { pk: 'none', sk: '-' })).toBeNull();
  });

  it('refuse numbers that the database cannot hold', async () => {
    const put = engine.store.put('accounts', { pk: 'nan', sk: '-', n: Number.NaN });
    await expect(put).rejects.toMatchObject({ code: 'bad_value' });
  });

  it('count as gone from their expiry on, for every way of reading', async () => {
    const { store } = engine;
    const now = Date.now();
    await store.put('sessions', { pk: 'ttl', sk: 'old', expires: Math.floor(now / 1000) - 1 });
    await store.put('sessions', { pk: 'ttl', sk: 'new', expires: expiresAfter(now, 60_000) });
    expect(await store.get('sessions', { pk: 'ttl', sk: 'old' })).toBeNull();
    expect((await store.query('sessions', { pk: 'ttl' })).map((item) => item.sk)).toEqual(['new']);
    const both = await store.getMany('sessions', [
      { pk: 'ttl', sk: 'old' },
      { pk: 'ttl', sk: 'new' },
    ]);
    expect(both.map((item) => item?.sk ?? null)).toEqual([null, 'new']);
    const scanned: string[] = [];
    for await (const item of store.scan('sessions')) if (item.pk === 'ttl') scanned.push(item.sk);
    expect(scanned).toEqual(['new']);
  });

  it('may be put where an expired one still lies', async () => {
    const { store } = engine;
    const key = { pk: 'ttl-again', sk: '-' };
    await store.put('sessions', { ...key, expires: 1 });
    expect(await store.update('sessions', key, { set: { a: 1 } }, present(Date.now()))).toMatchObject({
      kind: 'refused',
    });
    expect(await store.put('sessions', { ...key, taken: true }, absent(Date.now()))).toEqual({
      kind: 'done',
    });
    expect(await store.put('sessions', { ...key }, absent(Date.now()))).toMatchObject({
      kind: 'refused',
      current: { taken: true },
    });
  });
});

describe('queries', () => {
  it('follow all pages, by prefix, in both directions, up to a limit', async () => {
    const { store } = engine;
    const filler = 'x'.repeat(300_000);
    for (let n = 0; n < 9; n += 1) await store.put('world', { pk: 'pages', sk: `item#${n}`, filler });
    await store.put('world', { pk: 'pages', sk: 'other' });
    faults.commands.length = 0;
    const all = await store.query('world', { pk: 'pages', prefix: 'item#' });
    expect(all.map((item) => item.sk)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => `item#${n}`));
    expect(faults.commands.length).toBeGreaterThan(1);
    const last = await store.query('world', { pk: 'pages', prefix: 'item#', descending: true, limit: 2 });
    expect(last.map((item) => item.sk)).toEqual(['item#8', 'item#7']);
    const keys = Array.from({ length: 130 }, (_, n) => ({ pk: 'pages', sk: `item#${n}` }));
    const many = await store.getMany('world', keys);
    expect(many.filter((item) => item !== null)).toHaveLength(9);
    expect(many[8]?.sk).toBe('item#8');
  });
});

describe('conditions', () => {
  it('let exactly one of many writers win', async () => {
    const { store } = engine;
    const tries = Array.from({ length: 20 }, (_, n) =>
      store.put('accounts', { pk: 'race', sk: '-', n }, absent(Date.now())),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
  });

  it('combine', async () => {
    const { store } = engine;
    const key = { pk: 'combine', sk: '-' };
    await store.put('accounts', { ...key, a: 1, b: 5 });
    const held = allOf(exists, anyOf(equals('a', 2), allOf(equals('a', 1), atLeast('b', 5))));
    expect(
      await store.update('accounts', key, { add: { b: -1 }, set: { c: [1] }, remove: ['a'] }, held),
    ).toMatchObject({
      kind: 'done',
      item: { b: 4, c: [1] },
    });
    expect(await store.update('accounts', key, { add: { b: -1 } }, held)).toMatchObject({
      kind: 'refused',
      current: { b: 4 },
    });
  });
});

describe('a write whose answer is lost', () => {
  it('counts as done when its own nonce is found (put)', async () => {
    once('PutItemCommand', 'lost-answer');
    const item = { pk: 'lost', sk: 'put' };
    expect(await engine.store.put('accounts', item, absent(Date.now()))).toEqual({ kind: 'done' });
    expect(faults.commands.filter((name) => name === 'PutItemCommand')).toHaveLength(2);
  });

  it('is refused when another writer was first', async () => {
    const item = { pk: 'lost', sk: 'other' };
    await engine.store.put('accounts', { ...item, by: 'other' });
    once('PutItemCommand', 'lost-answer');
    const outcome = await engine.store.put('accounts', item, absent(Date.now()));
    expect(outcome).toMatchObject({ kind: 'refused', current: { by: 'other' } });
  });

  it('is never carried out twice (counter, without and with a condition that still holds)', async () => {
    const key = { pk: 'lost', sk: 'counter' };
    for (const when of [undefined, exists]) {
      once('UpdateItemCommand', 'lost-answer');
      expect((await engine.store.update('accounts', key, { add: { n: 1 } }, when)).kind).toBe('done');
    }
    expect(await engine.store.get('accounts', key)).toMatchObject({ n: 2 });
  });

  it('is carried out after all when the request never arrived', async () => {
    const key = { pk: 'lost', sk: 'never' };
    once('UpdateItemCommand', 'lost-request');
    expect(await engine.store.update('accounts', key, { add: { n: 1 } })).toMatchObject({
      kind: 'done',
      item: { n: 1 },
    });
  });

  it('counts as done (delete)', async () => {
    const key = { pk: 'lost', sk: 'delete' };
    await engine.store.put('accounts', key);
    once('DeleteItemCommand', 'lost-answer');
    expect(await engine.store.remove('accounts', key, exists)).toEqual({ kind: 'done' });
    expect(await engine.store.remove('accounts', key, exists)).toEqual({ kind: 'refused', current: null });
  });

  it('counts as done once (transaction)', async () => {
    const key = { pk: 'lost', sk: 'transaction' };
    await engine.store.put('accounts', { ...key, n: 1 });
    once('TransactWriteItemsCommand', 'lost-answer');
    const outcome = await engine.store.transact([
      { kind: 'update', table: 'accounts', key, add: { n: 1 }, when: equals('n', 1) },
      { kind: 'put', table: 'world', item: { ...key }, when: absent(Date.now()) },
    ]);
    expect(outcome).toEqual({ kind: 'done' });
    expect(await engine.store.get('accounts', key)).toMatchObject({ n: 2 });
  });
});

describe('transactions', () => {
  it('do all or nothing and name what failed', async () => {
    const { store } = engine;
    await store.put('accounts', { pk: 'tx', sk: 'a', n: 1 });
    const outcome = await store.transact([
      { kind: 'put', table: 'accounts', item: { pk: 'tx', sk: 'b' } },
      { kind: 'check', table: 'accounts', key: { pk: 'tx', sk: 'a' }, when: equals('n', 2) },
      { kind: 'delete', table: 'accounts', key: { pk: 'tx', sk: 'c' } },
    ]);
    expect(outcome).toMatchObject({ kind: 'refused', failed: [{ index: 1, current: { n: 1 } }] });
    expect(await store.get('accounts', { pk: 'tx', sk: 'b' })).toBeNull();
  });

  it('conserve sums under contention', async () => {
    const { store } = engine;
    for (const sk of ['x', 'y']) await store.put('accounts', { pk: 'sum', sk, n: 100 });
    const move = (from: string, to: string) =>
      store.transact([
        {
          kind: 'update',
          table: 'accounts',
          key: { pk: 'sum', sk: from },
          add: { n: -7 },
          when: atLeast('n', 7),
        },
        { kind: 'update', table: 'accounts', key: { pk: 'sum', sk: to }, add: { n: 7 } },
      ]);
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 3 === 0 ? move('x', 'y') : move('y', 'x'))));
    const [x, y] = await store.getMany('accounts', [
      { pk: 'sum', sk: 'x' },
      { pk: 'sum', sk: 'y' },
    ]);
    expect(Number(x?.n) + Number(y?.n)).toBe(200);
    expect(Math.min(Number(x?.n), Number(y?.n))).toBeGreaterThanOrEqual(0);
  });
});
