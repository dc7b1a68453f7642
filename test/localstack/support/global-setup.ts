import { dockerAnswers, startContainer, stopContainer } from '../../../tools/localstack/docker.ts';
import { isReady } from '../../../tools/localstack/endpoint.ts';
import { install } from '../../../tools/localstack/host/install.ts';
import { defaultPaths } from '../../../tools/localstack/host/paths.ts';
import { startProcess, stopProcess } from '../../../tools/localstack/host/process.ts';
import { Source } from './source.ts';

/** An empty LocalStack with everything deployed, ended after the last test. */
export default async function setup(): Promise<() => Promise<void>> {
  if (await isReady()) {
    throw new Error(
      'LocalStack runs already, with what you deployed: npm run localstack -- stop, then try again',
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
