import { dockerAnswers, startContainer, stopContainer } from './docker.ts';
import { ENDPOINT, isReady } from './endpoint.ts';
import { install } from './host/install.ts';
import { defaultPaths } from './host/paths.ts';
import { runningPid, startProcess, stopProcess } from './host/process.ts';
import { Problem, runCommand } from './problem.ts';

const USAGE = `usage: npm run localstack [-- start | stop | status | install]

Starts LocalStack on ${ENDPOINT}, in Docker where an engine answers, otherwise on the host (Linux x86-64 with Python 3.13,
a JDK 17 and Maven). It stays in the background until \`npm run localstack -- stop\`; what it holds is gone then.

  start     install what is missing and start (the default)
  stop      end it
  status    say whether it runs
  install   only install; nothing to do with Docker`;

async function start(): Promise<void> {
  const began = performance.now();
  if (dockerAnswers()) await startContainer();
  else {
    await install(defaultPaths());
    await startProcess(defaultPaths());
  }
  console.log(`LocalStack is ready on ${ENDPOINT} (${((performance.now() - began) / 1000).toFixed(1)} s).`);
  console.log('Next: npm run deploy:local');
}

async function stop(): Promise<void> {
  if (runningPid(defaultPaths()) !== undefined) await stopProcess(defaultPaths());
  else if (dockerAnswers()) await stopContainer();
  console.log('LocalStack is stopped.');
}

async function status(): Promise<void> {
  const ready = await isReady();
  console.log(ready ? `LocalStack is ready on ${ENDPOINT}.` : 'LocalStack does not run: npm run localstack');
  if (!ready) process.exitCode = 1;
}

const commands: Readonly<Record<string, () => Promise<void>>> = {
  start,
  stop,
  status,
  install: async () => {
    const fresh = await install(defaultPaths());
    console.log(fresh ? 'LocalStack is installed.' : 'LocalStack is installed already.');
  },
};

await runCommand(async () => {
  const [name = 'start', ...more] = process.argv.slice(2);
  if (name === '--help' || name === '-h') return console.log(USAGE);
  const command = commands[name];
  if (command === undefined || more.length > 0) throw new Problem(USAGE);
  await command();
});
