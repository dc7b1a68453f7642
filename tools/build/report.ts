import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Budget, budgetOf } from './budget.ts';
import type { BuiltContainer } from './container.ts';
import { type BuiltFunction, FUNCTION_FILE } from './functions.ts';

const figure = (bytes: number): string => bytes.toLocaleString('en').padStart(10);

/** A line for each function: bytes, bytes as they are uploaded, and what the budget allows. */
export async function functionLines(functions: readonly BuiltFunction[], budget: Budget): Promise<string[]> {
  const lines = functions.map(async ({ family, folder, bytes }) => {
    const zipped = gzipSync(await readFile(join(folder, FUNCTION_FILE))).length;
    const most = budgetOf(budget, family);
    const verdict = bytes > most ? '  OVER ITS BUDGET' : '';
    return `  ${family.padEnd(14)}${figure(bytes)}${figure(zipped)}${figure(most)}${verdict}`;
  });
  const heading = `functions         ${'bytes'.padStart(8)}${'zipped'.padStart(10)}${'budget'.padStart(10)}`;
  return [heading, ...(await Promise.all(lines))];
}

/** A line for each part of the container. */
export function containerLines({ files, engine }: BuiltContainer): string[] {
  const sums = new Map<string, number>();
  for (const { path, bytes } of files) {
    const part = path.startsWith('chunks/') ? 'shared chunks' : path;
    sums.set(part, (sums.get(part) ?? 0) + bytes);
  }
  return [
    'container',
    ...[...sums].map(([part, bytes]) => `  ${part.padEnd(32)}${figure(bytes)}`),
    `  ${engine ? 'with' : 'without'} the embedded database`,
  ];
}
