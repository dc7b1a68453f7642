import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { only, synthesise } from './synth.ts';

let chat: Template;
let version: { 'Fn::GetAtt': [string, string] };
beforeAll(() => {
  chat = synthesise('prod').template('chat');
  version = { 'Fn::GetAtt': [only(chat, 'AWS::Lambda::Version').id, 'Version'] };
});

const alarm = (kind: string, metric: object) =>
  chat.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: { 'Fn::Join': ['', [`packet-edge-prod-chat-${kind}-`, version]] },
    TreatMissingData: 'notBreaching',
    ...metric,
  });

describe('a new version', () => {
  it('gets a tenth of the traffic for five minutes, through CodeDeploy', () => {
    chat.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      ApplicationName: { Ref: only(chat, 'AWS::CodeDeploy::Application').id },
      DeploymentGroupName: 'packet-edge-prod-chat',
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    });
    const { resource } = only(chat, 'AWS::Lambda::Alias');
    expect(resource.Properties).toMatchObject({ Name: 'live', FunctionVersion: version });
    expect(resource.UpdatePolicy).toEqual({
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: only(chat, 'AWS::CodeDeploy::Application').id },
        DeploymentGroupName: { Ref: only(chat, 'AWS::CodeDeploy::DeploymentGroup').id },
      },
    });
  });

  it('is taken back by every one of its alarms, and when the deployment fails or is stopped', () => {
    const alarms = Object.keys(chat.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(3);
    chat.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
      AlarmConfiguration: { Enabled: true, Alarms: alarms.map((id) => ({ Name: { Ref: id } })) },
    });
  });

  it('is judged by its own crashes, not by those of the version beside it', () => {
    alarm('errors', {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Threshold: 1,
      Period: 60,
      EvaluationPeriods: 1,
      Dimensions: Match.arrayWith([{ Name: 'ExecutedVersion', Value: version }]),
    });
  });

  it('is judged by its failed handlers, which Lambda does not see', () => {
    chat.hasResourceProperties('AWS::Logs::MetricFilter', {
      LogGroupName: { Ref: only(chat, 'AWS::Logs::LogGroup').id },
      FilterPattern: '{ $.Failures > 0 }',
      MetricTransformations: [
        {
          MetricNamespace: 'PacketEdge/prod',
          MetricName: 'Failures',
          MetricValue: '$.Failures',
          Dimensions: [
            { Key: 'family', Value: '$.family' },
            { Key: 'version', Value: '$.version' },
          ],
        },
      ],
    });
    alarm('failures', {
      Namespace: 'PacketEdge/prod',
      MetricName: 'Failures',
      Threshold: 5,
      Dimensions: [
        { Name: 'family', Value: 'chat' },
        { Name: 'version', Value: version },
      ],
    });
  });

  it('is judged by its slowest hundredth, so that a slow version can be replaced', () => {
    alarm('slow', {
      MetricName: 'Duration',
      ExtendedStatistic: 'p99',
      Threshold: 2400,
      EvaluationPeriods: 3,
      Dimensions: Match.arrayWith([{ Name: 'ExecutedVersion', Value: version }]),
    });
  });

  it('tells people of its alarms, and not that new ones have nothing to say', () => {
    const told = synthesise('prod', (config) => ({ ...config, alarmEmail: 'operators@example.org' }));
    const alarms = told.template('chat').findResources('AWS::CloudWatch::Alarm');
    for (const { Properties } of Object.values(alarms)) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.OKActions).toBeUndefined();
    }
    told.template('observability').hasResourceProperties('AWS::CloudWatch::Alarm', {
      OKActions: Match.anyValue(),
    });
  });
});

describe('other traffic', () => {
  it('moves at once in dev, still watched by the alarms', () => {
    synthesise('dev')
      .template('chat')
      .hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
        DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
        AlarmConfiguration: { Enabled: true },
      });
  });

  it('moves without CodeDeploy on LocalStack, which does not have it', () => {
    const local = synthesise('local').template('chat');
    local.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0);
    expect(only(local, 'AWS::Lambda::Alias').resource.UpdatePolicy).toBeUndefined();
  });
});
