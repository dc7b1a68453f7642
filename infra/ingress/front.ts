import { Duration } from 'aws-cdk-lib';
import { CfnEIP, type IVpc, Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  type CfnLoadBalancer,
  ListenerCertificate,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';
import {
  BALANCER_IDLE_TIMEOUT,
  DEREGISTRATION,
  GAME_PORT,
  type IngressSettings,
} from './ingress-settings.ts';

export interface FrontProps {
  readonly name: string;
  readonly vpc: IVpc;
  /** @default plain TCP only */
  readonly tls?: IngressSettings['tls'];
  /** Cannot be deleted by mistake: its addresses are what clients know. */
  readonly deletionProtection: boolean;
}

/** The load balancer with an address of its own in each zone. */
export class Front extends Construct {
  readonly balancer: NetworkLoadBalancer;
  readonly targets: NetworkTargetGroup;
  readonly group: SecurityGroup;
  /** The addresses that clients can connect to, one in each zone. */
  readonly publicAddresses: readonly string[];
  /** `PUBLIC_ADDRESS_BY_RANGE` of the ingress: connections of a zone's clients come from the balancer's subnet there. */
  readonly publicAddressByRange: string;

  constructor(scope: Construct, id: string, { name, vpc, tls, deletionProtection }: FrontProps) {
    super(scope, id);
    this.group = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'Game clients from anywhere',
      allowAllOutbound: false,
    });
    const subnets = vpc.selectSubnets({ subnetType: SubnetType.PUBLIC }).subnets;
    this.balancer = new NetworkLoadBalancer(this, 'Balancer', {
      loadBalancerName: name,
      vpc,
      internetFacing: true,
      crossZoneEnabled: true,
      deletionProtection,
      securityGroups: [this.group],
      vpcSubnets: { subnets },
    });
    const mappings = subnets.map((subnet, zone) => {
      const address = new CfnEIP(this, `Address${zone}`, { domain: 'vpc' });
      return { address: address.ref, subnet, allocationId: address.attrAllocationId };
    });
    const resource = this.balancer.node.defaultChild as CfnLoadBalancer;
    // Fixed addresses exclude the plain list of subnets that the construct wrote.
    resource.addPropertyDeletionOverride('Subnets');
    resource.subnetMappings = mappings.map(({ subnet: { subnetId }, allocationId }) => ({
      subnetId,
      allocationId,
    }));
    this.publicAddresses = mappings.map(({ address }) => address);
    this.publicAddressByRange = mappings
      .map(({ subnet, address }) => `${subnet.ipv4CidrBlock}=${address}`)
      .join(',');

    this.targets = new NetworkTargetGroup(this, 'Targets', {
      vpc,
      port: GAME_PORT,
      protocol: Protocol.TCP,
      targetType: TargetType.IP,
      proxyProtocolV2: true,
      preserveClientIp: false,
      deregistrationDelay: Duration.seconds(DEREGISTRATION),
      // With PROXY protocol on, checks carry its header too, which the HTTP server of /ready would not take.
      healthCheck: {
        protocol: Protocol.TCP,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    const listen = (name: string, port: number, certificateArn?: string) => {
      this.balancer.addListener(name, {
        port,
        defaultTargetGroups: [this.targets],
        // A TLS listener has the same time-out, but refuses to be told.
        ...(certificateArn === undefined
          ? { protocol: Protocol.TCP, tcpIdleTimeout: Duration.seconds(BALANCER_IDLE_TIMEOUT) }
          : {
              protocol: Protocol.TLS,
              certificates: [ListenerCertificate.fromArn(certificateArn)],
              sslPolicy: SslPolicy.RECOMMENDED_TLS,
            }),
      });
      this.group.addIngressRule(Peer.anyIpv4(), Port.tcp(port), 'Game clients');
    };
    listen('Tcp', GAME_PORT);
    if (tls !== undefined) listen('Tls', tls.port, tls.certificateArn);
    accept(this.group, 'Players come from anywhere; only the game port is open.', 'AwsSolutions-EC23');
    accept(
      this.balancer,
      'Logs of a network load balancer cover TLS only; the ingress logs every connection with its address.',
      'AwsSolutions-ELB2',
    );
  }
}
