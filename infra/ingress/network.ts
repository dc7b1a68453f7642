import { RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';
import type { IngressSettings } from './ingress-settings.ts';

export interface NetworkProps {
  readonly zones: IngressSettings['zones'];
  /** Days that flow logs are kept. */
  readonly logRetentionDays: number;
  /** Whether secrets are read at start. @default false */
  readonly secrets?: boolean;
}

/** Address range of the network: also what the ingress trusts to say whose connection it passes on. */
export const NETWORK_RANGE = '10.0.0.0/16';

/**
 * The network: the load balancer in public subnets, the ingress in isolated ones without a way to the internet. What it calls lies behind
 * endpoints, which for this traffic cost less than a NAT gateway and add no hop to an invocation.
 */
export class Network extends Construct {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, { zones, logRetentionDays, secrets = false }: NetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(NETWORK_RANGE),
      ...(typeof zones === 'number' ? { maxAzs: zones } : { availabilityZones: [...zones] }),
      natGateways: 0,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
      ],
      gatewayEndpoints: {
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
        // Layers of images come from here.
        S3: { service: GatewayVpcEndpointAwsService.S3 },
      },
      flowLogs: {
        Rejected: {
          destination: FlowLogDestination.toCloudWatchLogs(
            new LogGroup(this, 'FlowLogs', {
              retention: logRetentionDays as RetentionDays,
              removalPolicy: RemovalPolicy.DESTROY,
            }),
          ),
          trafficType: FlowLogTrafficType.REJECT,
        },
      },
    });
    const group = new SecurityGroup(this, 'EndpointGroup', {
      vpc: this.vpc,
      description: 'Endpoints of AWS services, reached from the network only',
      allowAllOutbound: false,
    });
    group.addIngressRule(Peer.ipv4(NETWORK_RANGE), Port.tcp(443), 'The ingress calls AWS services');
    const services = {
      Lambda: InterfaceVpcEndpointAwsService.LAMBDA,
      Ssm: InterfaceVpcEndpointAwsService.SSM,
      Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
      EcrApi: InterfaceVpcEndpointAwsService.ECR,
      EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
      ...(secrets ? { Secrets: InterfaceVpcEndpointAwsService.SECRETS_MANAGER } : {}),
    };
    for (const [name, service] of Object.entries(services)) {
      this.vpc.addInterfaceEndpoint(name, { service, securityGroups: [group], open: false });
    }
    accept(
      this.vpc,
      'Accepted traffic is the game itself: the ingress logs its connections.',
      'AwsSolutions-VPC7',
    );
  }
}
