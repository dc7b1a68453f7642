import type { TestProject } from 'vitest/node';
import { dockerAnswers, startContainer, stopContainer } from '../../../tools/localstack/docker.ts';
import { isReady } from '../../../tools/localstack/endpoint.ts';
import { install } from '../../../tools/localstack/host/install.ts';
import { defaultPaths } from '../../../tools/localstack/host/paths.ts';
import { startProcess, stopProcess } from '../../../tools/localstack/host/process.ts';
import { copyDeployed, namesOfWorker } from './copy.ts';
import { Source } from './source.ts';

/** With LOCALSTACK=running the LocalStack that runs is taken as it is, with what was deployed there. */
const RUNNING = process.env.LOCALSTACK === 'running';

/** An empty LocalStack with everything deployed, and once more for each worker; ended after the last test. */
export default async function setup({ vitest }: TestProject): Promise<() => Promise<void>> {
  const end = RUNNING ? async () => {} : await startFresh();
  try {
    if (!RUNNING) await deployAll();
    for (let worker = 1; worker <= vitest.config.maxWorkers; worker += 1)
      await copyDeployed(namesOfWorker(worker));
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

/** Returns what ends it. */
async function startFresh(): Promise<() => Promise<void>> {
  if (await isReady()) {
    throw new Error(
      'LocalStack runs already, with what you deployed: npm run localstack -- stop, then try again; or LOCALSTACK=running to play with that',
    );
  }
  const docker = dockerAnswers();
  if (docker) await startContainer();
  else {
    await install(defaultPaths());
    await startProcess(defaultPaths());
  }
  return () => (docker ? stopContainer() : stopProcess(defaultPaths()));
}

async function deployAll(): Promise<void> {
  const source = await Source.copy();
  await source.deploy();
  await source.remove();
}
