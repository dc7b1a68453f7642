import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS } from '../../shared/config/catalogue.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { TABLE_NAMES } from '../../shared/store/tables.ts';
import { only, statementsOf, synthesise } from './synth.ts';

let prod: Template;
let dev: Template;
beforeAll(() => {
  const tls = { certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000', port: 29443 };
  prod = synthesise('prod', (config) => ({
    ...config,
    ...(config.ingress === undefined
      ? {}
      : { ingress: { ...config.ingress, tls, secrets: ['TOKEN_SECRET'] } }),
  })).template('ingress');
  dev = synthesise('dev').template('ingress');
});

interface Container {
  readonly Name: string;
  readonly Environment: { readonly Name: string; readonly Value: unknown }[];
  readonly [property: string]: unknown;
}
const container = (template: Template, name: string): Container => {
  const task = only(template, 'AWS::ECS::TaskDefinition').resource.Properties;
  const found = (task.ContainerDefinitions as Container[]).find(({ Name }) => Name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
};

describe('the load balancer', () => {
  it('has a fixed address in each zone', () => {
    prod.resourceCountIs('AWS::EC2::EIP', 2);
    dev.resourceCountIs('AWS::EC2::EIP', 1);
    const { Properties } = only(prod, 'AWS::ElasticLoadBalancingV2::LoadBalancer').resource;
    expect(Properties).toMatchObject({ Type: 'network', Scheme: 'internet-facing' });
    expect(Properties.Subnets).toBeUndefined();
    const addresses = Object.keys(prod.findResources('AWS::EC2::EIP'));
    expect(Properties.SubnetMappings).toEqual(
      addresses.map((id) => ({
        SubnetId: { Ref: expect.any(String) },
        AllocationId: { 'Fn::GetAtt': [id, 'AllocationId'] },
      })),
    );
  });

  it('lies in the zones that the stage names, or in the first ones of the account', () => {
    const named = synthesise('dev', (config) => ({
      ...config,
      ...(config.ingress === undefined
        ? {}
        : { ingress: { ...config.ingress, zones: ['us-east-1c'] as const } }),
    })).template('ingress');
    const zonesOf = (template: Template) =>
      Object.values(template.findResources('AWS::EC2::Subnet')).map(
        ({ Properties }) => Properties.AvailabilityZone,
      );
    expect(zonesOf(named)).toEqual(['us-east-1c', 'us-east-1c']);
    const first = { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] };
    expect(zonesOf(dev)).toEqual([first, first]);
  });

  it('listens to TCP, and to TLS where there is a certificate', () => {
    const idle = { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '350' }] };
    prod.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 29000,
      Protocol: 'TCP',
      ...idle,
    });
    prod.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 29443,
      Protocol: 'TLS',
      Certificates: [{ CertificateArn: Match.stringLikeRegexp('certificate') }],
      // AWS refuses the attribute here; the time-out is 350 seconds all the same.
      ListenerAttributes: Match.absent(),
    });
    dev.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
  });

  it('waits longer for a silent client than the ingress does, so that the ingress is the one that says so', () => {
    const settings = Object.fromEntries(
      container(prod, 'ingress').Environment.map(({ Name, Value }) => [Name, Value]),
    );
    expect(Number(settings.IDLE_TIMEOUT)).toBeLessThan(350);
  });

  it('says whose connection it passes on, and gives leaving players a minute', () => {
    const { Properties } = only(prod, 'AWS::ElasticLoadBalancingV2::TargetGroup').resource;
    expect(Properties).toMatchObject({
      Port: 29000,
      Protocol: 'TCP',
      TargetType: 'ip',
      HealthCheckProtocol: 'TCP',
    });
    // Its own default of 10 seconds is not below the interval.
    expect(Properties).toMatchObject({ HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 5 });
    expect(Properties.TargetGroupAttributes).toEqual(
      expect.arrayContaining([
        { Key: 'proxy_protocol_v2.enabled', Value: 'true' },
        { Key: 'preserve_client_ip.enabled', Value: 'false' },
        { Key: 'deregistration_delay.timeout_seconds', Value: '60' },
      ]),
    );
  });
});

describe('the network', () => {
  it('has no way to the internet but the load balancer', () => {
    prod.resourceCountIs('AWS::EC2::NatGateway', 0);
    prod.hasResourceProperties('AWS::ECS::Service', {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
  });

  it('reaches what it calls through endpoints', () => {
    const services = Object.values(prod.findResources('AWS::EC2::VPCEndpoint')).map(({ Properties }) => [
      Properties.VpcEndpointType,
      /\.([a-z0-9.]+)"?\]?\]?\}?$/.exec(JSON.stringify(Properties.ServiceName))?.[1],
    ]);
    expect(services.map(([type, service]) => `${type} ${service}`).sort()).toEqual([
      'Gateway dynamodb',
      'Gateway s3',
      'Interface ecr.api',
      'Interface ecr.dkr',
      'Interface lambda',
      'Interface logs',
      'Interface secretsmanager',
      'Interface ssm',
    ]);
  });

  it('lets players reach the game ports and nothing else', () => {
    const open = Object.values(prod.findResources('AWS::EC2::SecurityGroup')).flatMap(({ Properties }) =>
      (Properties.SecurityGroupIngress ?? [])
        .filter(({ CidrIp }: { CidrIp?: string }) => CidrIp === '0.0.0.0/0')
        .map(({ FromPort, ToPort }: { FromPort: number; ToPort: number }) => [FromPort, ToPort]),
    );
    expect(open).toEqual([
      [29000, 29000],
      [29443, 29443],
    ]);
    const inner = Object.values(prod.findResources('AWS::EC2::SecurityGroupIngress')).map(
      ({ Properties }) => [Properties.FromPort, Properties.ToPort],
    );
    expect(inner.sort()).toEqual([
      [29000, 29000],
      [6379, 6380],
    ]);
  });
});

describe('the service', () => {
  it('runs on arm64 and goes back by itself when new copies fail', () => {
    prod.hasResourceProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      RequiresCompatibilities: ['FARGATE'],
      Cpu: '1024',
      Memory: '2048',
    });
    prod.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: Match.absent(),
      AvailabilityZoneRebalancing: 'DISABLED',
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      },
    });
  });

  it('begins when it reaches what it needs to start, and ends before that is taken away', () => {
    const { DependsOn } = only(prod, 'AWS::ECS::Service').resource;
    const endpoints = Object.keys(prod.findResources('AWS::EC2::VPCEndpoint'));
    const [policy] = Object.entries(prod.findResources('AWS::IAM::Policy')).find(([, { Properties }]) =>
      JSON.stringify(Properties).includes('ecr:GetAuthorizationToken'),
    ) ?? ['no policy'];
    expect(DependsOn).toEqual(expect.arrayContaining([...endpoints, policy]));
  });

  it('has 110 seconds to drain, within the 120 that Fargate allows', () => {
    const ingress = container(prod, 'ingress');
    expect(ingress.StopTimeout).toBe(120);
    expect(ingress.Environment).toContainEqual({ Name: 'DRAIN_TIMEOUT', Value: '110' });
  });

  it('cannot write to its disk, holds many connections, and is asked how it is', () => {
    const ingress = container(prod, 'ingress');
    expect(ingress.ReadonlyRootFilesystem).toBe(true);
    expect(ingress.Ulimits).toEqual([{ Name: 'nofile', SoftLimit: 65_536, HardLimit: 65_536 }]);
    expect(JSON.stringify(ingress.HealthCheck)).toContain('http://127.0.0.1:9102/live');
  });

  it('is told settings that exist and are valid, its address as an IPv4 literal among them', () => {
    const { Environment } = container(prod, 'ingress');
    const address = Object.keys(prod.findResources('AWS::EC2::EIP'))[0];
    expect(Environment).toContainEqual({ Name: 'PUBLIC_ADDRESS', Value: { Ref: address } });
    expect(container(dev, 'ingress').Environment.map(({ Name }) => Name)).not.toContain(
      'PUBLIC_ADDRESS_BY_RANGE',
    );
    const names = Environment.map(({ Name }) => Name);
    expect(names).toEqual(
      expect.arrayContaining([
        'INVOKER',
        'STATE',
        'ROUTE_REGISTRY',
        'PROXY_PROTOCOL',
        'PROXY_TRUSTED',
        'BUS_URL',
      ]),
    );
    // One that the ingress does not read would silently do nothing.
    expect(names.filter((name) => !Object.hasOwn(SETTINGS, name))).toEqual([]);
    const values = Environment.filter(({ Value }) => typeof Value === 'string');
    expect(() =>
      readSettings(Object.fromEntries(values.map(({ Name, Value }) => [Name, String(Value)]))),
    ).not.toThrow();
  });

  it('tells clients the address of the zone that they came by', () => {
    const [first, second] = Object.keys(prod.findResources('AWS::EC2::EIP')).map((Ref) => ({ Ref }));
    expect(container(prod, 'ingress').Environment).toContainEqual({
      Name: 'PUBLIC_ADDRESS_BY_RANGE',
      Value: { 'Fn::Join': ['', ['10.0.0.0/24=', first, ',10.0.1.0/24=', second]] },
    });
    const subnets = Object.values(prod.findResources('AWS::EC2::Subnet'));
    const ranges = subnets.map(({ Properties }) => Properties.CidrBlock);
    expect(ranges).toEqual(expect.arrayContaining(['10.0.0.0/24', '10.0.1.0/24']));
    prod.hasOutput('PublicAddress', {
      Value: { 'Fn::Join': ['', [first, ':29000 ', second, ':29000']] },
    });
  });

  it('is given secrets by name', () => {
    expect(container(prod, 'ingress').Secrets).toEqual([
      {
        Name: 'TOKEN_SECRET',
        ValueFrom: {
          'Fn::Join': [
            '',
            expect.arrayContaining([expect.stringContaining('secret:packet-edge-prod/TOKEN_SECRET')]),
          ],
        },
      },
    ]);
    expect(container(dev, 'ingress').Secrets).toBeUndefined();
  });

  it('has its figures told to CloudWatch by a relay, which begins again when it ends', () => {
    const relay = container(prod, 'metrics');
    expect(relay).toMatchObject({
      Essential: false,
      EntryPoint: ['node'],
      RestartPolicy: { Enabled: true, RestartAttemptPeriod: 60 },
    });
    expect(relay.Environment).toContainEqual({ Name: 'NAMESPACE', Value: 'PacketEdge/prod' });
    expect(relay.Image).toEqual(container(prod, 'ingress').Image);
  });

  it('is started anew when a secret got another content', () => {
    expect(container(prod, 'ingress').DockerLabels).toEqual({ secrets: '1' });
    expect(container(dev, 'ingress').DockerLabels).toBeUndefined();
  });

  it('may invoke the live functions of its stage, read its routes and use its tables: nothing else', () => {
    const role = Object.entries(prod.findResources('AWS::IAM::Policy')).find(([id]) =>
      id.startsWith('TaskRole'),
    );
    const statements: { Action: string | string[]; Resource: unknown }[] =
      role?.[1].Properties.PolicyDocument.Statement ?? [];
    const actions = statements.flatMap(({ Action }) => Action);
    expect(new Set(actions.map((action) => action.split(':')[0]))).toEqual(
      new Set(['lambda', 'ssm', 'dynamodb']),
    );
    expect(actions).not.toContain('dynamodb:Scan');
    const resources = JSON.stringify(statements.map(({ Resource }) => Resource));
    expect(resources).toContain(':function:packet-edge-prod-*:live');
    expect(resources).toContain(':parameter/packet-edge/prod/routes/*');
    for (const table of TABLE_NAMES) expect(resources).toContain(`:table/packet-edge-prod-${table}"`);
    expect(statementsOf(prod).length).toBeGreaterThan(3);
  });
});

describe('growth', () => {
  it('follows the connections of a copy, and its processor', () => {
    prod.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 20,
    });
    prod.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 5000,
        ScaleInCooldown: 900,
        CustomizedMetricSpecification: {
          Namespace: 'PacketEdge/prod',
          MetricName: 'Connections',
          Statistic: 'Average',
          Dimensions: Match.absent(),
        },
      },
    });
    prod.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        TargetValue: 60,
        ScaleInCooldown: 900,
      },
    });
  });

  it('needs a bus between the copies', () => {
    prod.hasResourceProperties('AWS::ElastiCache::ServerlessCache', { Engine: 'valkey' });
    dev.resourceCountIs('AWS::ElastiCache::ServerlessCache', 0);
    const withoutBus = () =>
      synthesise('prod', (config) => ({
        ...config,
        ...(config.ingress === undefined ? {} : { ingress: { ...config.ingress, bus: 'none' as const } }),
      }));
    expect(withoutBus).toThrow('several copies of the ingress need a bus');
    const inOneZone = () =>
      synthesise('prod', (config) => ({
        ...config,
        ...(config.ingress === undefined ? {} : { ingress: { ...config.ingress, zones: 1 as const } }),
      }));
    expect(inOneZone).toThrow('two zones at least');
  });
});

it('is not there on LocalStack', () => {
  expect(synthesise('local').platform.ingress).toBeUndefined();
});
