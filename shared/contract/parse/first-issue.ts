import type { z } from 'zod';

/** Where a value breaks its schema, and how. */
export interface FieldIssue {
  /** Such as `turns[2].state.stage`; empty for the whole. */
  readonly field: string;
  readonly problem: string;
}

const joined = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** The first problem that zod found; of a union, the one that got furthest. */
export function firstIssue(error: z.ZodError, prefix: readonly PropertyKey[] = []): FieldIssue {
  const [issue] = error.issues;
  if (issue === undefined) return { field: joined(prefix), problem: 'not valid' };
  const path = [...prefix, ...issue.path];
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors
      .flatMap((issues) => issues.slice(0, 1))
      .sort((a, b) => b.path.length - a.path.length)
      .at(0);
    if (deepest !== undefined) return { field: joined([...path, ...deepest.path]), problem: deepest.message };
  }
  return { field: joined(path), problem: issue.message };
}
