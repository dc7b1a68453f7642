import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Budget, budgetOf } from './budget.ts';
import type { BuiltContainer } from './container.ts';
import type { BuiltFunction } from './functions.ts';

const figure = (bytes: number): string => bytes.toLocaleString('en').padStart(10);

/** A line for each function: bytes that a cold start loads and what the budget allows of them, later ones, all as uploaded. */
export async function functionLines(functions: readonly BuiltFunction[], budget: Budget): Promise<string[]> {
  const lines = functions.map(async ({ family, folder, bytes, lazyBytes }) => {
    const zipped = await zippedBytes(folder);
    const most = budgetOf(budget, family);
    const verdict = bytes > most ? '  OVER ITS BUDGET' : '';
    const figures = [bytes, most, lazyBytes, zipped].map(figure).join('');
    return `  ${family.padEnd(14)}${figures}${verdict}`;
  });
  const columns = ['at start', 'budget', 'later', 'zipped'].map((column) => column.padStart(10)).join('');
  return [`functions       ${columns}`, ...(await Promise.all(lines))];
}

async function zippedBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const codes = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name)));
  return (await Promise.all(codes)).reduce((sum, code) => sum + gzipSync(code).length, 0);
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
