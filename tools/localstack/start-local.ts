import { deployedFamilies } from './clients.ts';
import { isReady } from './endpoint.ts';
import { ingressEnvironment } from './environment.ts';
import { Problem, runCommand } from './problem.ts';

const USAGE = `usage: npm run start:localstack

Runs the ingress against LocalStack: its functions (INVOKER=lambda) and its tables. Other settings are those of \`npm start\`.`;

await runCommand(async () => {
  if (process.argv.includes('--help') || process.argv.includes('-h')) return console.log(USAGE);
  if (!(await isReady())) throw new Problem('LocalStack does not run: npm run localstack');
  if ((await deployedFamilies()).length === 0) throw new Problem('Nothing is deployed: npm run deploy:local');
  Object.assign(process.env, ingressEnvironment());
  // In this process, so that signals reach the service itself.
  await import('../../ingress/main.ts');
});
