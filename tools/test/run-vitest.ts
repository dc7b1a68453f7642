import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What became of the tests of one file. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** One run of vitest. */
export interface Run {
  /** Exit code. */
  readonly code: number;
  /** By absolute path of the file; null: it ended before it could report. */
  readonly files: ReadonlyMap<string, Tally> | null;
}

/** What is read of vitest's JSON report. A file has an entry for every project that it belongs to. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const root = join(import.meta.dirname, '../..');

/** Runs vitest once, with its own output on the terminal. */
export async function runVitest(args: readonly string[]): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'packet-edge-test-'));
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  const code = await new Promise<number>((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
  const files = await readFile(report, 'utf8').then(
    (text) => talliesOf(JSON.parse(text) as Report),
    () => null,
  );
  await rm(folder, { recursive: true, force: true });
  return { code, files };
}

function talliesOf({ testResults }: Report): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { name, status, assertionResults } of testResults) {
    const count = (of: string) => assertionResults.filter((result) => result.status === of).length;
    const { passed, failed } = tallies.get(name) ?? { passed: 0, failed: 0 };
    // A file that cannot be loaded, or whose hooks fail, may have no test to fail: it counts as one failure.
    const broken = status === 'failed' && count('failed') === 0 ? 1 : 0;
    tallies.set(name, { passed: passed + count('passed'), failed: failed + count('failed') + broken });
  }
  return tallies;
}
