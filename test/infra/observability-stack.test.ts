import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { MANIFESTS, only, synthesise } from './synth.ts';

const prod = synthesise('prod', (config) => ({ ...config, alarmEmail: 'operators@example.org' }));
const template = prod.template('observability');

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmActions?: unknown[];
}
const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties as AlarmProperties,
);

describe('alarms', () => {
  it('cover throttles and errors of every family, failed invocations, queue delay and dropped connections', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      'packet-edge-prod-connectiondrops',
      'packet-edge-prod-errors-chat',
      'packet-edge-prod-errors-war-band',
      'packet-edge-prod-failedinvocations',
      'packet-edge-prod-queuedelay',
      'packet-edge-prod-throttles-chat',
      'packet-edge-prod-throttles-war-band',
    ]);
  });

  it('look at what the relay beside the ingress prints', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'packet-edge-prod-queuedelay',
      Namespace: 'PacketEdge/prod',
      MetricName: 'QueueDelay',
      Dimensions: Match.absent(),
      Threshold: 250,
    });
  });

  it('compare failed invocations with all of them', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'packet-edge-prod-failedinvocations',
      Metrics: Match.arrayWith([Match.objectLike({ Expression: '100 * failed / all', ReturnData: true })]),
      TreatMissingData: 'notBreaching',
    });
  });

  it('reach the topic of the stage, those of families too', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'packet-edge-prod-alarms' });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operators@example.org',
    });
    const family = Object.values(prod.template('chat').findResources('AWS::CloudWatch::Alarm'));
    for (const { AlarmActions } of [
      ...alarms,
      ...family.map(({ Properties }) => Properties as AlarmProperties),
    ]) {
      expect(JSON.stringify(AlarmActions)).toContain(':packet-edge-prod-alarms');
    }
  });

  it('need no ingress on AWS, and no topic', () => {
    const local = synthesise('local').template('observability');
    local.resourceCountIs('AWS::CloudWatch::Alarm', 2 * MANIFESTS.length);
    local.resourceCountIs('AWS::SNS::Topic', 0);
  });
});

it('the dashboard has a row for the ingress and one for each family', () => {
  const { resource } = only(template, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(resource.Properties.DashboardBody);
  for (const title of ['## ingress', '## chat', '## war-band', 'Queue delay', 'Errors, failed handlers']) {
    expect(body).toContain(title);
  }
});
