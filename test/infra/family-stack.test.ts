import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.ts';
import { only, statementsOf, synthesise } from './synth.ts';

let chat: Template;
let warBand: Template;
beforeAll(() => {
  const prod = synthesise('prod', (config) => ({
    ...config,
    alarmEmail: 'operators@example.org',
    families: { chat: { reservedConcurrency: 50 }, 'war-band': { provisionedConcurrency: 3, tracing: true } },
  }));
  chat = prod.template('chat');
  warBand = prod.template('war-band');
});

describe('the function of a family', () => {
  it('has the name that the ingress invokes, and what its manifest asks for', () => {
    warBand.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'packet-edge-prod-war-band',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 5,
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('ends before the ingress may repeat a turn: a broken second is cut, not rounded up', () => {
    const template = synthesise('dev', undefined, [manifestOf('slow', { timeout: 2900 })]).template('slow');
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 2 });
    expect(() => synthesise('dev', undefined, [manifestOf('fast', { timeout: 900 })])).toThrow(
      'below 1000 ms',
    );
  });

  it('is told only the settings that its manifest names', () => {
    const { resource } = only(warBand, 'AWS::Lambda::Function');
    const environment = resource.Properties.Environment as { Variables: Record<string, unknown> };
    expect(Object.keys(environment.Variables).sort()).toEqual([
      'LOGIN_ERRORS',
      'TABLE_PREFIX',
      'TOKEN_SECRET',
    ]);
    expect(environment.Variables.TABLE_PREFIX).toBe('packet-edge-prod-');
    expect(JSON.stringify(only(chat, 'AWS::Lambda::Function').resource.Properties.Environment)).toBe(
      '{"Variables":{"TABLE_PREFIX":"packet-edge-prod-"}}',
    );
  });

  it('reads a secret when it is deployed: the template names it and does not hold it', () => {
    const { resource } = only(warBand, 'AWS::Lambda::Function');
    const { Variables } = resource.Properties.Environment as { Variables: Record<string, string> };
    expect(Variables.TOKEN_SECRET).toMatch(
      /^\{\{resolve:secretsmanager:packet-edge-prod\/TOKEN_SECRET:SecretString:/,
    );
  });

  it('is traced where the stage asks for it', () => {
    warBand.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    chat.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: Match.absent() });
  });

  it('becomes a new version when a secret that it reads got another content, and only then', () => {
    const versions = (secretsRevision: number) => {
      const { template } = synthesise('prod', (config) => ({ ...config, secretsRevision }));
      return ['chat', 'war-band'].map((family) => only(template(family), 'AWS::Lambda::Version').id);
    };
    const [chatBefore, warBandBefore] = versions(1);
    const [chatAfter, warBandAfter] = versions(2);
    expect(chatAfter).toBe(chatBefore);
    expect(warBandAfter).not.toBe(warBandBefore);
  });

  it('keeps its versions to go back to, but for one that is taken back: Lambda refuses the same content twice in a row', () => {
    expect(only(chat, 'AWS::Lambda::Version').resource).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('has its own log group, kept for as long as the stage says', () => {
    chat.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/packet-edge/prod/chat',
      RetentionInDays: 30,
    });
    chat.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: Match.anyValue(), LogFormat: 'JSON', SystemLogLevel: 'WARN' },
    });
  });

  it('is never run again by Lambda itself; what failed so goes to an encrypted queue', () => {
    const queue = only(chat, 'AWS::SQS::Queue');
    expect(queue.resource.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
    const { resource } = only(chat, 'AWS::Lambda::EventInvokeConfig');
    expect(resource.Properties).toMatchObject({
      Qualifier: 'live',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue.id, 'Arn'] } } },
    });
    expect(resource.DependsOn).toContain(only(chat, 'AWS::Lambda::Alias').id);
  });

  it('may have concurrency reserved, or kept warm', () => {
    chat.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 50 });
    warBand.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() });
    warBand.hasResourceProperties('AWS::Lambda::Alias', {
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    });
    chat.hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: Match.absent() });
  });
});

describe('the policy of a family', () => {
  const tablesIn = (template: Template) =>
    statementsOf(template)
      .filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'))
      .map(({ Action, Resource, Condition }) => ({
        table: /table\/([\w-]+)/.exec(JSON.stringify(Resource))?.[1],
        keys: Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
        actions: [Action]
          .flat()
          .map((action) => action.replace('dynamodb:', ''))
          .sort(),
      }));

  it('names the tables and keys of the manifest with what is done to them, and no others', () => {
    const read = ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query'];
    const write = ['DeleteItem', 'PutItem', 'UpdateItem'];
    const table = 'packet-edge-prod-characters';
    expect(tablesIn(chat)).toEqual([{ table, keys: ['name#*'], actions: read }]);
    expect(tablesIn(warBand)).toEqual([
      { table, keys: ['character#*', 'name#*'], actions: read },
      { table, keys: ['character#*'], actions: write },
      { table: 'packet-edge-prod-world', keys: ['war-band#*'], actions: write },
    ]);
  });

  it('has no wildcard but for traces', () => {
    for (const { Action, Resource } of [...statementsOf(chat), ...statementsOf(warBand)]) {
      expect(JSON.stringify(Action)).not.toContain('*');
      if (JSON.stringify(Resource).includes('*')) {
        expect([Action].flat().every((action) => action.startsWith('xray:'))).toBe(true);
      }
    }
  });

  it('lets nothing but traces, logs, the failure queue and its tables through', () => {
    const services = statementsOf(warBand).flatMap(({ Action }) =>
      [Action].flat().map((action) => action.split(':')[0]),
    );
    expect(new Set(services)).toEqual(new Set(['dynamodb', 'logs', 'sqs', 'xray']));
    expect(statementsOf(warBand).every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });

  it('is refused for a table that does not exist', () => {
    const faulty = [manifestOf('faulty', { tables: { guilds: { 'guild#*': ['read'] } } })];
    expect(() => synthesise('dev', undefined, faulty)).toThrow(
      'family faulty names table guilds; there are accounts',
    );
  });
});

describe('the route entry of a family', () => {
  it('points to function and alias, and changes with every version', () => {
    const version = only(chat, 'AWS::Lambda::Version').id;
    const { resource } = only(chat, 'AWS::SSM::Parameter');
    expect(resource.Properties.Name).toBe('/packet-edge/prod/routes/chat');
    expect(resource.Properties.Value).toEqual({
      'Fn::Join': [
        '',
        [
          '{"v":1,"function":"packet-edge-prod-chat","alias":"live","version":"',
          { 'Fn::GetAtt': [version, 'Version'] },
          '"}',
        ],
      ],
    });
  });

  it('is written after the alias has moved', () => {
    expect(only(chat, 'AWS::SSM::Parameter').resource.DependsOn).toContain(
      only(chat, 'AWS::Lambda::Alias').id,
    );
  });
});

it('a stack refers to no other stack, so that it deploys alone', () => {
  for (const template of [chat, warBand]) {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('Fn::ImportValue');
    expect(template.findOutputs('*', { Export: Match.anyValue() })).toEqual({});
  }
});
