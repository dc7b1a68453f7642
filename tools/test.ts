import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs vitest with the arguments given, and closes with the line `N passed, N failed`. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

const root = join(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'packet-edge-test-'));
const file = join(folder, 'report.json');
const child = spawn(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
const code = await new Promise<number>((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
const report = await readFile(file, 'utf8').then(
  (text) => JSON.parse(text) as Report,
  () => null,
);
await rm(folder, { recursive: true, force: true });
if (report === null) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
// A file that cannot even be loaded has no tests to fail: it counts as one failure.
const unloaded = report.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
).length;
const failed = report.numFailedTests + unloaded;
console.log(`${report.numPassedTests} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed`);
process.exit(code);
