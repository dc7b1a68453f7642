import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isReady, PORT, serviceLoading } from './endpoint.ts';
import { Problem } from './problem.ts';
import { run } from './run.ts';

const IMAGE = 'localstack/localstack:4.14.0';
const PROJECT = 'packet-edge-localstack';
const START_WITHIN = 120_000;

/** LocalStack starts a container for each function, for which it needs the engine's socket. */
const COMPOSE = {
  services: {
    localstack: {
      image: IMAGE,
      ports: [`127.0.0.1:${PORT}:4566`],
      environment: {
        ...serviceLoading,
        LAMBDA_KEEPALIVE_MS: '600000',
        DYNAMODB_IN_MEMORY: '1',
        DISABLE_EVENTS: '1',
      },
      volumes: ['/var/run/docker.sock:/var/run/docker.sock'],
    },
  },
};

/** Whether a Docker engine answers; the client alone is not enough. */
export const dockerAnswers = (): boolean =>
  spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { stdio: 'ignore', timeout: 5000 })
    .status === 0;

async function compose(...args: string[]): Promise<void> {
  const file = join(tmpdir(), `${PROJECT}.json`);
  await writeFile(file, JSON.stringify(COMPOSE));
  await run('docker', ['compose', '-p', PROJECT, '-f', file, ...args], { show: true });
}

/** @throws Problem when it cannot be started or is not ready within two minutes */
export async function startContainer(): Promise<void> {
  await compose('up', '-d');
  const until = performance.now() + START_WITHIN;
  while (performance.now() < until) {
    if (await isReady()) return;
    await sleep(500);
  }
  throw new Problem(`LocalStack was started but is not ready; see: docker compose -p ${PROJECT} logs`);
}

export const stopContainer = (): Promise<void> => compose('down', '-v');
