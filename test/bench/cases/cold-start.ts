import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions, FUNCTION_FILE } from '../../../tools/build/functions.ts';
import { type BenchRow, row } from '../row.ts';

/**
 * Cold start of each function: a fresh Node process imports the bundle, tells its manifest, answers a first event (without turns, which
 * builds the family's services) and ends. The baseline is the same process with a handler that does nothing.
 */
const ROUNDS = 15;
const MOST = 3;
const EMPTY = 'export const handler = async () => ({});\n';
const RUNNER = `
  const [bundle, family] = process.argv.slice(1);
  const { handler } = await import(bundle);
  await handler({ describe: true }, { awsRequestId: 'first' });
  await handler({ v: 1, family, turns: [] }, { awsRequestId: 'second' });
  process.exit(0);
`;
/** What a function's environment holds that its first event reads. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};

/** Milliseconds from the start of the process to its end. */
function coldStart(bundle: string, family: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', RUNNER, bundle, family],
    { env: ENVIRONMENT, encoding: 'utf8' },
  );
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`${bundle} failed: ${stderr}`);
  return took;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export async function run(): Promise<BenchRow[]> {
  const root = join(import.meta.dirname, '../../..');
  const folder = await mkdtemp(join(tmpdir(), 'packet-edge-cold-start-'));
  const empty = join(folder, 'empty.mjs');
  await writeFile(empty, EMPTY);
  const rows: BenchRow[] = [];
  for (const { family, folder: built } of await buildFunctions(root, folder)) {
    const bundle = join(built, FUNCTION_FILE);
    const value: number[] = [];
    const baseline: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      baseline.push(coldStart(empty, family));
      value.push(coldStart(bundle, family));
    }
    rows.push(row(`cold-start-${family}`, 'ms', median(value), median(baseline), MOST));
  }
  await rm(folder, { recursive: true, force: true });
  return rows;
}
