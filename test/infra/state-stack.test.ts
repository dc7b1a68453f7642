import { describe, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../shared/store/tables.ts';
import { synthesise } from './synth.ts';

const prod = synthesise('prod');
const state = prod.template('state');
const dev = synthesise('dev').template('state');

describe('the tables', () => {
  it.each(TABLE_NAMES.map((name) => [name]))('%s is keyed, billed and kept as the store expects', (name) => {
    state.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: `packet-edge-prod-${name}`,
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });

  it('are all there, and no others', () => {
    state.resourceCountIs('AWS::DynamoDB::GlobalTable', TABLE_NAMES.length);
  });

  it('can be thrown away in dev', () => {
    dev.allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' });
    dev.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [
        {
          DeletionProtectionEnabled: false,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
        },
      ],
    });
  });
});

describe('the secrets', () => {
  it('are made at random, under the name that functions look for, and kept', () => {
    state.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      Properties: { Name: 'packet-edge-prod/TOKEN_SECRET', GenerateSecretString: { PasswordLength: 64 } },
    });
    dev.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });
});

it('the stack of a stage with players cannot be deleted by mistake', () => {
  expect(prod.platform.state.terminationProtection).toBe(true);
});
