import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IVpc, Port, type SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  AvailabilityZoneRebalancing,
  Cluster,
  type ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  Secret as EcsSecret,
  FargateService,
  FargateTaskDefinition,
  LogDriver,
  OperatingSystemFamily,
  UlimitName,
} from 'aws-cdk-lib/aws-ecs';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';
import type { Names } from '../names.ts';
import { HEALTH_COMMAND } from './container.ts';
import type { Front } from './front.ts';
import { GAME_PORT, type IngressSettings, METRICS_PORT, STOP_TIMEOUT } from './ingress-settings.ts';
import { metricsRelay } from './metrics-relay.ts';

export interface IngressServiceProps {
  readonly names: Names;
  readonly settings: IngressSettings;
  readonly vpc: IVpc;
  readonly front: Front;
  readonly group: SecurityGroup;
  readonly taskRole: Role;
  readonly image: ContainerImage;
  readonly environment: Record<string, string>;
  /** Counts the contents that secrets have had; another one starts all copies anew. */
  readonly secretsRevision: number;
}

/** The ingress as a Fargate service (arm64), with a deployment that goes back when new copies do not become healthy. */
export class IngressService extends Construct {
  readonly service: FargateService;
  readonly cluster: Cluster;

  constructor(scope: Construct, id: string, props: IngressServiceProps) {
    super(scope, id);
    const { names, vpc, front, group } = props;
    const name = `packet-edge-${names.stage}`;
    this.cluster = new Cluster(this, 'Cluster', {
      vpc,
      clusterName: name,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    const task = this.#task(props);
    this.service = new FargateService(this, 'Service', {
      cluster: this.cluster,
      serviceName: `${name}-ingress`,
      taskDefinition: task,
      // No desired count: it would take every deployment back to the least, and send home whoever plays on the copies above it.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      // It would end a copy, and send its players away, only to spread copies more evenly.
      availabilityZoneRebalancing: AvailabilityZoneRebalancing.DISABLED,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: Duration.seconds(60),
      assignPublicIp: false,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [group],
      enableECSManagedTags: true,
    });
    // Copies need the endpoints to start, and three that fail are a failed deployment; when all is taken down they save through them.
    this.service.node.addDependency(vpc, task.obtainExecutionRole());
    front.targets.addTarget(
      this.service.loadBalancerTarget({ containerName: 'ingress', containerPort: GAME_PORT }),
    );
    group.addIngressRule(
      front.group,
      Port.tcp(GAME_PORT),
      'Players through the load balancer, and its checks',
    );
    front.group.addEgressRule(group, Port.tcp(GAME_PORT), 'To the ingress');
  }

  #task({ names, settings, taskRole, image, environment, secretsRevision }: IngressServiceProps) {
    const task = new FargateTaskDefinition(this, 'Task', {
      family: `packet-edge-${names.stage}-ingress`,
      cpu: settings.cpu,
      memoryLimitMiB: settings.memory,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      taskRole,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/packet-edge/${names.stage}/ingress`,
      retention: settings.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logging = (streamPrefix: string) => LogDriver.awsLogs({ logGroup, streamPrefix });
    const secrets = Object.fromEntries(
      (settings.secrets ?? []).map((setting) => [
        setting,
        EcsSecret.fromSecretsManager(
          Secret.fromSecretNameV2(this, `Secret-${setting}`, names.secret(setting)),
        ),
      ]),
    );
    task.addContainer('ingress', {
      image,
      environment,
      secrets,
      ...(settings.secrets === undefined ? {} : { dockerLabels: { secrets: String(secretsRevision) } }),
      logging: logging('ingress'),
      portMappings: [{ containerPort: GAME_PORT }, { containerPort: METRICS_PORT }],
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(STOP_TIMEOUT),
      // A connection is a file to the system: the default of 1,024 would be the limit of a copy.
      ulimits: [{ name: UlimitName.NOFILE, softLimit: 65_536, hardLimit: 65_536 }],
      healthCheck: {
        command: HEALTH_COMMAND,
        interval: Duration.seconds(15),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(30),
      },
    });
    task.addContainer('metrics', {
      image,
      ...metricsRelay(names, METRICS_PORT),
      logging: logging('metrics'),
      readonlyRootFilesystem: true,
      essential: false,
      enableRestartPolicy: true,
      restartAttemptPeriod: Duration.minutes(1),
      memoryLimitMiB: 128,
    });
    accept(
      task,
      'Settings that are no secrets; those that are come from Secrets Manager.',
      'AwsSolutions-ECS2',
    );
    accept(
      task,
      'Fetching an authorisation token for the registry knows no resources.',
      'AwsSolutions-IAM5[Resource::*]',
    );
    return task;
  }
}
