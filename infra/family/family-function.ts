import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  EventInvokeConfig,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
  type Version,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Manifest } from '../../shared/contract/index.ts';
import { accept } from '../nag.ts';
import { LIVE_ALIAS, type Names } from '../names.ts';
import type { FamilySettings } from './family-settings.ts';
import { functionEnvironment } from './function-environment.ts';
import { tableStatements } from './table-policy.ts';

export interface FamilyFunctionProps {
  readonly names: Names;
  readonly manifest: Manifest;
  /** Folder that holds `index.mjs`. */
  readonly bundle: string;
  readonly settings: FamilySettings;
  /** Settings of the stage. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the settings that lie in Secrets Manager. */
  readonly secrets: readonly string[];
  /** Counts the contents that secrets have had: CloudFormation does not look into them by itself. @default 1 */
  readonly secretsRevision?: number;
}

/** The least that Lambda itself can be told; the ingress counts on the function to have ended by the manifest's time. */
const LEAST_TIMEOUT = 1000;

/** The function of a family with a version of its own for each content, and the alias that the ingress invokes. */
export class FamilyFunction extends Construct {
  readonly alias: Alias;
  readonly version: Version;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: FamilyFunctionProps) {
    super(scope, id);
    const { names, manifest, settings, secretsRevision = 1 } = props;
    const readsSecrets = manifest.settings.some((setting) => props.secrets.includes(setting));
    const functionName = names.functionName(manifest.name);
    if (manifest.timeout < LEAST_TIMEOUT) {
      throw new Error(`family ${manifest.name}: a time-out below ${LEAST_TIMEOUT} ms cannot be deployed`);
    }
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/packet-edge/${names.stage}/${manifest.name}`,
      retention: settings.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.#role(props);
    const fn = new LambdaFunction(this, 'Function', {
      functionName,
      description: `packet-edge family ${manifest.name}${readsSecrets ? `, secrets ${secretsRevision}` : ''}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle, { exclude: ['*.map'] }),
      memorySize: manifest.memory,
      timeout: Duration.seconds(Math.floor(manifest.timeout / 1000)),
      environment: functionEnvironment(manifest, names, props.environment, props.secrets, secretsRevision),
      role,
      logGroup: this.logGroup,
      // The function prints JSON lines itself, metrics among them; Lambda's own of each invocation would cost more than the invocation.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(settings.tracing ? { tracing: Tracing.ACTIVE } : {}),
      ...(settings.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: settings.reservedConcurrency }),
      // Kept to go back to; but one whose own deployment failed would stand in the way of another attempt with the same content.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    if (!settings.tracing)
      accept(
        fn,
        'Recording a trace costs 25 times its invocation: it is switched on where something is looked for.',
        'Serverless-LambdaTracing',
      );
    accept(fn, 'Its failure destination takes what a dead-letter queue would.', 'Serverless-LambdaDLQ');
    this.version = fn.currentVersion;
    this.alias = new Alias(this, 'Live', {
      aliasName: LIVE_ALIAS,
      version: this.version,
      ...(settings.provisionedConcurrency === undefined
        ? {}
        : { provisionedConcurrentExecutions: settings.provisionedConcurrency }),
    });
    // Of the alias: that of a function alone would be that of its version $LATEST, which nobody invokes.
    const failed = new EventInvokeConfig(this, 'Failed', {
      function: fn,
      qualifier: LIVE_ALIAS,
      onFailure: new SqsDestination(this.#deadLetters(functionName)),
      retryAttempts: 0,
    });
    failed.node.addDependency(this.alias);
  }

  /** Only the tables of the manifest, and its own log group. */
  #role({ manifest, names, settings }: FamilyFunctionProps): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `packet-edge ${names.stage}: what the family ${manifest.name} may do`,
    });
    for (const statement of tableStatements(Stack.of(this), manifest, names.tablePrefix))
      role.addToPolicy(statement);
    this.logGroup.grantWrite(role);
    if (settings.tracing) accept(role, 'X-Ray knows no resources.', 'AwsSolutions-IAM5[Resource::*]');
    return role;
  }

  /** The ingress waits for its answers, so nothing should ever lie here: what does was sent by somebody else and failed. */
  #deadLetters(functionName: string): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      queueName: `${functionName}-dead-letters`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    accept(queue, 'It is the dead-letter queue.', 'AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy');
    return queue;
  }
}
