import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TABLE_NAMES } from '../../shared/store/tables.ts';
import { accept } from '../nag.ts';
import { LIVE_ALIAS, type Names } from '../names.ts';

/** What the ingress stores and reads: everything of an item's life, and the listing that clears up after an owner that is gone. */
const TABLE_ACTIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'ConditionCheckItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
].map((action) => `dynamodb:${action}`);

/** The role of the running ingress: the live alias of this stage's functions, its route entries, its tables. */
export function createTaskRole(scope: Construct, id: string, names: Names): Role {
  const stack = Stack.of(scope);
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    description: `packet-edge ${names.stage}: what the ingress may do`,
  });
  const functions = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: `${names.functionPrefix}*:${LIVE_ALIAS}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const routes = stack.formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: names.routesPath.slice(1),
  });
  const tables = TABLE_NAMES.map((table) =>
    stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: names.tablePrefix + table }),
  );
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functions] }));
  role.addToPolicy(
    new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [routes, `${routes}/*`] }),
  );
  role.addToPolicy(new PolicyStatement({ actions: TABLE_ACTIONS, resources: tables }));
  accept(
    role,
    'Families come and go without a deployment of the ingress: it may invoke what carries the prefix of its stage, and read its routes.',
    ...[
      `lambda:<AWS::Region>:<AWS::AccountId>:function:${names.functionPrefix}*:${LIVE_ALIAS}`,
      `ssm:<AWS::Region>:<AWS::AccountId>:parameter${names.routesPath}/*`,
    ].map((resource) => `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${resource}]`),
  );
  return role;
}
