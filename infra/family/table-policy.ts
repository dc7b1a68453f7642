import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Manifest, TableAccess } from '../../shared/contract/index.ts';
import { TABLES } from '../../shared/store/tables.ts';

/** What each kind of access lets a function do; a transaction is allowed by what its parts need. */
const ACTIONS: Readonly<Record<TableAccess, readonly string[]>> = {
  read: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
  write: ['PutItem', 'UpdateItem', 'DeleteItem'],
};

/**
 * One statement for each table that the manifest names, and nothing else.
 * @throws Error when it names a table that does not exist
 */
export function tableStatements(stack: Stack, manifest: Manifest, tablePrefix: string): PolicyStatement[] {
  return Object.entries(manifest.tables).map(([table, access]) => {
    if (!Object.hasOwn(TABLES, table)) {
      throw new Error(
        `family ${manifest.name} names table ${table}; there are ${Object.keys(TABLES).join(', ')}`,
      );
    }
    return new PolicyStatement({
      actions: access.flatMap((kind) => ACTIONS[kind]).map((action) => `dynamodb:${action}`),
      resources: [
        stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: tablePrefix + table }),
      ],
    });
  });
}
