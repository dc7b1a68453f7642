import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { keysWith, type Manifest, type TableAccess } from '../../shared/contract/index.ts';
import { TABLES } from '../../shared/store/tables.ts';

const KINDS = ['read', 'write'] as const satisfies readonly TableAccess[];

/** What each kind of access lets a function do; a transaction is allowed by what its parts need. */
const ACTIONS: Readonly<Record<TableAccess, readonly string[]>> = {
  read: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
  write: ['PutItem', 'UpdateItem', 'DeleteItem'],
};

/**
 * One statement for each table of the manifest and each kind of access to it, for the keys named there and nothing else. All keys of one
 * access stand in one statement: a batch reads several at once, and must be allowed as a whole.
 * @throws Error when it names a table that does not exist
 */
export function tableStatements(stack: Stack, manifest: Manifest, tablePrefix: string): PolicyStatement[] {
  return Object.entries(manifest.tables).flatMap(([table, keys]) => {
    if (!Object.hasOwn(TABLES, table)) {
      throw new Error(
        `family ${manifest.name} names table ${table}; there are ${Object.keys(TABLES).join(', ')}`,
      );
    }
    const resource = { service: 'dynamodb', resource: 'table', resourceName: tablePrefix + table };
    return KINDS.flatMap((kind) => {
      const patterns = keysWith(keys, kind);
      if (patterns.length === 0) return [];
      return new PolicyStatement({
        actions: ACTIONS[kind].map((action) => `dynamodb:${action}`),
        resources: [stack.formatArn(resource)],
        // Requests without keys would pass this condition, but every action above names some.
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } },
      });
    });
  });
}
