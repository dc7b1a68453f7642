import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run check`: style, types, unused things, generated files. Runs all of them and says which failed. */
const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const steps: readonly (readonly [string, string, readonly string[]])[] = [
  ['style', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['types of infra', bin('tsc'), ['-p', 'infra']],
  ['unused code', bin('knip'), []],
  ['generated files', process.execPath, ['tools/generate.ts', '--check']],
];

const failed: string[] = [];
for (const [name, command, args] of steps) {
  console.log(`check: ${name}`);
  if (spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'check: all good' : `check: failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
