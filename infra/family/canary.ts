import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';
import type { Traffic } from './family-settings.ts';

export interface CanaryProps {
  /** Of the application and of its deployment group. */
  readonly name: string;
  readonly traffic: Exclude<Traffic, 'by-hand'>;
  readonly alias: Alias;
  /** Each takes a deployment back when it goes off. */
  readonly alarms: readonly Alarm[];
}

const CONFIGS: Readonly<Record<CanaryProps['traffic'], ILambdaDeploymentConfig>> = {
  'at-once': LambdaDeploymentConfig.ALL_AT_ONCE,
  'canary-10-percent-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'canary-10-percent-15-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
  'canary-10-percent-30-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_30MINUTES,
  'linear-10-percent-every-1-minute': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
};

/** Moves the alias to a new version step by step, and back by itself when an alarm goes off or the deployment fails. */
export class Canary extends Construct {
  constructor(scope: Construct, id: string, { name, traffic, alias, alarms }: CanaryProps) {
    super(scope, id);
    const group = new LambdaDeploymentGroup(this, 'Group', {
      application: new LambdaApplication(this, 'Application', { applicationName: name }),
      deploymentGroupName: name,
      alias,
      deploymentConfig: CONFIGS[traffic],
      alarms: [...alarms],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    accept(
      group,
      'The policy that AWS keeps for this very purpose: moving an alias, and looking at alarms.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
    );
  }
}
