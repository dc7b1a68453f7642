import { beforeAll, describe, expect, it } from 'vitest';
import { useTestEngine } from '../../test/support/use-engine.ts';
import type { TableGrants } from '../contract/index.ts';
import { exists } from './condition.ts';
import { granted } from './granted.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

const GRANTS: TableGrants = {
  world: { 'guild#*': ['read', 'write'], 'guild-name#*': ['read'], rules: ['read'] },
  sessions: { '*': ['write'] },
};
const key = (pk: string) => ({ pk, sk: 'core' });
const put = (pk: string): Write => ({ kind: 'put', table: 'world', item: key(pk) });

const engine = useTestEngine();
let store: Store;
beforeAll(async () => {
  store = granted(engine.store, GRANTS);
});

describe('the store of a family', () => {
  it('does what the grants cover', async () => {
    expect(await store.put('world', { ...key('guild#1'), size: 1 })).toEqual({ kind: 'done' });
    expect(await store.update('world', key('guild#1'), { add: { size: 1 } })).toMatchObject({ kind: 'done' });
    expect(await store.get('world', key('guild#1'))).toMatchObject({ size: 2 });
    expect(await store.getMany('world', [key('guild#1'), key('guild-name#a'), key('rules')])).toHaveLength(3);
    expect(await store.query('world', { pk: 'guild#1' })).toHaveLength(1);
    expect(await store.put('sessions', key('anything'))).toEqual({ kind: 'done' });
    const writes: Write[] = [
      put('guild#2'),
      { kind: 'check', table: 'world', key: key('guild#1'), when: exists },
    ];
    expect(await store.transact(writes)).toEqual({ kind: 'done' });
    expect(await store.remove('world', key('guild#1'))).toEqual({ kind: 'done' });
  });

  it.each<[string, (store: Store) => Promise<unknown>]>([
    ['another table', (store) => store.get('accounts', key('guild#1'))],
    ['a key that begins otherwise', (store) => store.get('world', key('guil#1'))],
    ['more than the one key that is named whole', (store) => store.get('world', key('rules#1'))],
    ['one of several keys', (store) => store.getMany('world', [key('guild#1'), key('clan#1')])],
    ['a query elsewhere', (store) => store.query('world', { pk: 'clan#1' })],
    ['reading where it may only write', (store) => store.get('sessions', key('anything'))],
    ['writing where it may only read', (store) => store.put('world', key('guild-name#a'))],
    ['changing elsewhere', (store) => store.update('world', key('clan#1'), { set: { size: 1 } })],
    ['deleting elsewhere', (store) => store.remove('world', key('clan#1'))],
  ])('refuses %s, before the database is asked', async (_what, run) => {
    await expect(run(store)).rejects.toThrow('not_granted');
  });

  it('refuses a transaction for one of its writes, and nothing of it is done', async () => {
    await expect(store.transact([put('guild#3'), put('clan#3')])).rejects.toMatchObject({
      details: { table: 'world', access: 'write', pk: 'clan#3' },
    });
    expect(await engine.store.get('world', key('guild#3'))).toBeNull();
  });

  it('lists no table whole', () => {
    expect(() => store.scan('world')).toThrow('not_granted');
  });
});
