import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Most bytes of each family's function bundle. */
export interface Budget {
  /** For families that have no line of their own yet. */
  readonly default: number;
  readonly families: Readonly<Record<string, number>>;
}

/** Reads `functions/bundle-budget.json`. */
export async function readBudget(root: string): Promise<Budget> {
  return JSON.parse(await readFile(join(root, 'functions/bundle-budget.json'), 'utf8')) as Budget;
}

/** Most bytes of one family's bundle. */
export const budgetOf = (budget: Budget, family: string): number => budget.families[family] ?? budget.default;
