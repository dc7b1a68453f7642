import { type IVpc, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';

export interface BusProps {
  readonly name: string;
  readonly vpc: IVpc;
  /** Group of those that may connect. */
  readonly clients: SecurityGroup;
  /** Gigabytes, its least and cheapest size. @default 1 */
  readonly gigabytes?: number;
}

const PORT = 6379;

/** Valkey (ElastiCache Serverless), which carries messages between copies of the ingress. Always TLS; nothing lasting lies in it. */
export class Bus extends Construct {
  /** `BUS_URL` of the ingress. */
  readonly url: string;

  constructor(scope: Construct, id: string, { name, vpc, clients, gigabytes = 1 }: BusProps) {
    super(scope, id);
    const group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'The bus, reached by the ingress only',
      allowAllOutbound: false,
    });
    group.addIngressRule(clients, Port.tcpRange(PORT, PORT + 1), 'Copies of the ingress');
    const cache = new CfnServerlessCache(this, 'Cache', {
      engine: 'valkey',
      majorEngineVersion: '8',
      serverlessCacheName: name,
      description: 'packet-edge: messages between copies of the ingress',
      securityGroupIds: [group.securityGroupId],
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
      cacheUsageLimits: { dataStorage: { maximum: gigabytes, unit: 'GB' } },
    });
    this.url = `rediss://${cache.attrEndpointAddress}:${cache.attrEndpointPort}`;
  }
}
