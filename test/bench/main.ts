import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchCase, BenchRow } from './row.ts';

const usage = `usage: npm run bench -- [NAME ...] [--json FILE]

Runs the benchmarks under test/bench/cases (all, or those whose file name holds one of the NAMEs) and prints each figure
with its ratio to a baseline of the same run. --json writes [{name, unit, value, baseline, ratio, target, ok}].`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help === true) {
  console.log(usage);
  process.exit(0);
}

const folder = join(import.meta.dirname, 'cases');
const names = (await readdir(folder))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .sort();
const chosen = names.filter(
  (name) => positionals.length === 0 || positionals.some((wanted) => name.includes(wanted)),
);
const rows: BenchRow[] = [];
for (const name of chosen) {
  console.log(`# ${name.replace(/\.ts$/, '')}`);
  const module = (await import(join(folder, name))) as BenchCase;
  for (const row of await module.run()) {
    rows.push(row);
    const verdict = row.target === null ? '' : row.ok ? `  ok (${row.target})` : `  MISSED (${row.target})`;
    const figures = `${row.value.toFixed(2)} ${row.unit} against ${row.baseline.toFixed(2)}`;
    console.log(`${row.name.padEnd(46)} ${figures.padEnd(44)} ratio ${row.ratio.toFixed(2)}${verdict}`);
  }
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every((row) => row.ok) ? 0 : 1);
