import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { EXPIRES, PARTITION_KEY, SORT_KEY } from '../../shared/store/tables.ts';
import { accept } from '../nag.ts';

export interface StateTableProps {
  readonly tableName: string;
  /** @default true */
  readonly pointInTimeRecovery?: boolean;
  /** Also keeps the table when its stack goes. @default true */
  readonly deletionProtection?: boolean;
  /** @default 'aws-managed' */
  readonly encryption?: 'aws-managed' | 'dynamodb-owned';
}

/** One table with the key attributes that all tables share. */
export class StateTable extends Construct {
  constructor(scope: Construct, id: string, props: StateTableProps) {
    super(scope, id);
    const { pointInTimeRecovery = true, deletionProtection = true, encryption = 'aws-managed' } = props;
    const table = new TableV2(this, 'Table', {
      tableName: props.tableName,
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: EXPIRES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: pointInTimeRecovery },
      deletionProtection,
      encryption:
        encryption === 'aws-managed' ? TableEncryptionV2.awsManagedKey() : TableEncryptionV2.dynamoOwnedKey(),
      removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (!pointInTimeRecovery) {
      accept(
        table,
        'This stage holds play data of developers, which may be lost.',
        'AwsSolutions-DDB3',
        'Serverless-DynamoDBPITR',
      );
    }
  }
}
