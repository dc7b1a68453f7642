import { dockerAnswers, startContainer, stopContainer } from '../../../tools/localstack/docker.ts';
import { isReady } from '../../../tools/localstack/endpoint.ts';
import { install } from '../../../tools/localstack/host/install.ts';
import { defaultPaths } from '../../../tools/localstack/host/paths.ts';
import { startProcess, stopProcess } from '../../../tools/localstack/host/process.ts';
import { Source } from './source.ts';

/**
 * An empty LocalStack with everything deployed, ended after the last test. With LOCALSTACK=running the one that runs is taken as it is, with
 * what was deployed there.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (await isReady()) {
    if (process.env.LOCALSTACK === 'running') return async () => {};
    throw new Error(
      'LocalStack runs already, with what you deployed: npm run localstack -- stop, or LOCALSTACK=running to play with that; its tables are emptied',
    );
  }
  const docker = dockerAnswers();
  if (docker) await startContainer();
  else {
    await install(defaultPaths());
    await startProcess(defaultPaths());
  }
  const stop = () => (docker ? stopContainer() : stopProcess(defaultPaths()));
  try {
    const source = await Source.copy();
    await source.deploy();
    await source.remove();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
