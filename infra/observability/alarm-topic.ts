import type { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Names } from '../names.ts';

export const topicName = (names: Names): string => `packet-edge-${names.stage}-alarms`;

/**
 * Sends alarms to the stage's topic, which the observability stack makes; named by convention, as everything between stacks.
 * @param what whether the end of an alarm is told as well: a new alarm's first look counts as one
 */
export function notify(
  stack: Stack,
  names: Names,
  alarms: readonly Alarm[],
  what: 'alarm' | 'alarm-and-end',
): void {
  const arn = stack.formatArn({ service: 'sns', resource: topicName(names) });
  const action = new SnsAction(Topic.fromTopicArn(stack, 'AlarmTopic', arn));
  for (const alarm of alarms) {
    alarm.addAlarmAction(action);
    if (what === 'alarm-and-end') alarm.addOkAction(action);
  }
}
