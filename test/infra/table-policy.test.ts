import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { tableStatements } from '../../infra/family/table-policy.ts';
import { loadManifests } from '../../infra/load-manifests.ts';
import { KEY_PATTERN, type TableAccess, type TableGrants } from '../../shared/contract/grants.ts';
import type { Manifest } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { granted, type Store, type TableName } from '../../shared/store/index.ts';
import { manifestOf } from '../support/manifest.ts';
import type { statementsOf } from './synth.ts';

/** What a family asks of the database: one request with all keys that it names. */
interface Request {
  readonly table: TableName;
  readonly access: TableAccess;
  readonly pks: readonly string[];
}

type Statement = ReturnType<typeof statementsOf>[number];

/** Star and question mark as IAM reads them. */
function likeInIam(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

/** Whether one statement of the policy allows the request: its action, its table, and all of its keys. */
function allowed(statements: readonly Statement[], { table, access, pks }: Request): boolean {
  const action = access === 'read' ? 'dynamodb:BatchGetItem' : 'dynamodb:PutItem';
  return statements.some(({ Action, Resource, Condition }) => {
    const keys = [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? '*'].flat();
    return (
      [Action].flat().includes(action) &&
      JSON.stringify(Resource).includes(`:table/packet-edge-dev-${table}"`) &&
      pks.every((pk) => keys.some((key) => likeInIam(String(key), pk)))
    );
  });
}

/** A database that would do everything. */
const willing = { getMany: async () => [], put: async () => ({ kind: 'done' }) } as unknown as Store;

/** Whether the store of a family lets the request through. */
async function letThrough(grants: TableGrants, { table, access, pks }: Request): Promise<boolean> {
  const store = granted(willing, grants);
  const keys = pks.map((pk) => ({ pk, sk: 'core' }));
  try {
    if (access === 'read') await store.getMany(table, keys);
    else for (const key of keys) await store.put(table, key);
    return true;
  } catch (error) {
    if (EdgeError.is(error, 'not_granted')) return false;
    throw error;
  }
}

const stack = new Stack(new App());
const policyOf = (manifest: Manifest): readonly Statement[] =>
  tableStatements(stack, manifest, 'packet-edge-dev-').map((statement) => statement.toStatementJson());

const table = fc.constantFrom<TableName>('accounts', 'characters', 'sessions', 'world');
const access = fc.constantFrom<TableAccess>('read', 'write');
/** Few letters, so that keys and patterns meet. */
const pk = fc.stringMatching(/^[ab#/]{1,3}$/);
const request = fc.record({ table, access, pks: fc.array(pk, { minLength: 1, maxLength: 3 }) });

describe('the policy on AWS and the store of the family', () => {
  it('let through the same, whatever the manifest grants', async () => {
    const pattern = fc
      .tuple(fc.stringMatching(/^[ab#/.]{0,3}$/), fc.boolean())
      .map(([start, star]) => (star || start === '' ? `${start}*` : start));
    const kinds = fc.subarray<TableAccess>(['read', 'write'], { minLength: 1 });
    const grants = fc.dictionary(table, fc.dictionary(pattern, kinds, { minKeys: 1, maxKeys: 3 }));
    await fc.assert(
      fc.asyncProperty(
        grants,
        fc.array(request, { minLength: 10, maxLength: 30, size: 'max' }),
        async (tables, requests) => {
          for (const key of Object.values(tables).flatMap(Object.keys)) expect(key).toMatch(KEY_PATTERN);
          const statements = policyOf(manifestOf('some', { tables }));
          for (const each of requests)
            expect([each, allowed(statements, each)]).toEqual([each, await letThrough(tables, each)]);
        },
      ),
      { numRuns: 200 },
    );
  });

  describe('of the families there are', () => {
    let manifests: readonly Manifest[];
    beforeAll(async () => {
      manifests = await loadManifests(join(import.meta.dirname, '../../functions'));
    });

    it('cover no whole table, and let nobody read password hashes but who checks or bans', () => {
      const hash = { table: 'accounts', access: 'read', pks: ['account#anna'] } as const;
      const readers = manifests.filter((manifest) => allowed(policyOf(manifest), hash));
      expect(readers.map(({ name }) => name)).toEqual(['auth', 'operators']);
      const keys = manifests.flatMap(({ tables }) => Object.values(tables).flatMap(Object.keys));
      expect(keys.length).toBeGreaterThan(20);
      expect(keys).not.toContain('*');
    });

    it('leave chat with the names of characters, to read', () => {
      const chat = manifests.find(({ name }) => name === 'chat');
      expect(chat?.tables).toEqual({ characters: { 'name#*': ['read'] } });
    });
  });
});
