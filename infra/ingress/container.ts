import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Names } from '../names.ts';
import type { Front } from './front.ts';
import {
  DRAIN_TIMEOUT,
  GAME_PORT,
  IDLE_TIMEOUT,
  type IngressSettings,
  METRICS_PORT,
} from './ingress-settings.ts';
import { NETWORK_RANGE } from './network.ts';

/** The image named by the stage, or one built for arm64 by the CLI from a folder (image-folder.ts) when it deploys. */
export function ingressImage(scope: Construct, { image }: IngressSettings, folder: string): ContainerImage {
  if (image !== undefined) {
    const repository = Repository.fromRepositoryName(scope, 'Image', image.repository);
    return ContainerImage.fromEcrRepository(repository, image.tag);
  }
  return ContainerImage.fromAsset(folder, { platform: Platform.LINUX_ARM64 });
}

export interface Surroundings {
  readonly names: Names;
  readonly region: string;
  readonly front: Pick<Front, 'publicAddresses' | 'publicAddressByRange'>;
  /** @default one copy, no bus */
  readonly busUrl?: string;
}

/** The settings of the ingress on AWS (docs/config.md). */
export function ingressEnvironment(
  { names, region, front, busUrl }: Surroundings,
  stageSettings: Readonly<Record<string, string>>,
  { settings = {} }: IngressSettings,
): Record<string, string> {
  return {
    ...stageSettings,
    INVOKER: 'lambda',
    STATE: 'dynamodb',
    AWS_REGION: region,
    FUNCTION_PREFIX: names.functionPrefix,
    TABLE_PREFIX: names.tablePrefix,
    ROUTE_REGISTRY: names.routesPath,
    SERVICE_PORT: String(GAME_PORT),
    PACKET_METRICS_PORT: String(METRICS_PORT),
    PUBLIC_ADDRESS: front.publicAddresses[0] ?? '',
    ...(front.publicAddresses.length > 1 ? { PUBLIC_ADDRESS_BY_RANGE: front.publicAddressByRange } : {}),
    PUBLIC_PORT: String(GAME_PORT),
    PROXY_PROTOCOL: 'v2',
    PROXY_TRUSTED: NETWORK_RANGE,
    IDLE_TIMEOUT: String(IDLE_TIMEOUT),
    DRAIN_TIMEOUT: String(DRAIN_TIMEOUT),
    ...(busUrl === undefined ? {} : { BUS_URL: busUrl }),
    ...settings,
  };
}

/** Asks the container itself; Node is the one program that is certainly in the image. */
export const HEALTH_COMMAND = [
  'CMD',
  'node',
  '-e',
  `fetch('http://127.0.0.1:${METRICS_PORT}/live').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))`,
];
