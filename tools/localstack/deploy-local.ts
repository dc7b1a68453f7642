import { join } from 'node:path';
import { liveVersion } from './clients.ts';
import { deploy } from './deploy.ts';
import { runCommand } from './problem.ts';

const USAGE = `usage: npm run deploy:local [-- FAMILY ...]

Deploys the tables and the families to the LocalStack that \`npm run localstack\` started: all of them, or those named. A family that is
there already is moved to its present code in a few seconds, while the ingress and its players stay connected.`;

await runCommand(async () => {
  const families = process.argv.slice(2);
  if (families.some((argument) => argument.startsWith('-'))) return console.log(USAGE);
  const source = join(import.meta.dirname, '../..');
  const began = performance.now();
  await deploy({ source, families });
  console.log(`Deployed in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  for (const family of families) console.log(`${family}: version ${await liveVersion(family)} is live`);
  console.log('Next: npm run start:localstack');
});
