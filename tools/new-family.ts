import { join } from 'node:path';
import { namesFor } from './new-family/names.ts';
import { newFamily } from './new-family/new-family.ts';

const USAGE = `usage: npm run new:family -- NAME

Writes functions/NAME with a manifest, one handler and its test. \`npm test\`, \`npm start\` and the deployment find it by themselves.`;

const [name, ...more] = process.argv.slice(2);
if (name === undefined || name.startsWith('-') || more.length > 0) {
  console.log(USAGE);
  process.exit(name === '--help' || name === '-h' ? 0 : 1);
}
try {
  const files = await newFamily(join(import.meta.dirname, '..'), name);
  console.log(`${files.join('\n')}\n`);
  const { upper } = namesFor(name);
  console.log(`Next: npm test -- functions/${name}
      npm run generate        (its line in docs/families.md)
      npm run dev             and in a second terminal: npm run edge -- client ACCOUNT, then type
                              send CLI_${upper}_HELLO {"message":"hi"}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
