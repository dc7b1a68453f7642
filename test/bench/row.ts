/** One figure of the benchmark: a value against a baseline that was measured in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly baseline: number;
  /** value / baseline. */
  readonly ratio: number;
  /** What the ratio has to be, in words, such as `<= 0.5`; null when the row is only told. */
  readonly target: string | null;
  readonly ok: boolean;
}

/** What a module in `test/bench/cases/` exports. */
export interface BenchCase {
  run(): Promise<BenchRow[]>;
}

/** Builds a row; `most` is the largest ratio that counts as met. */
export function row(
  name: string,
  unit: string,
  value: number,
  baseline: number,
  most: number | null,
): BenchRow {
  const ratio = value / baseline;
  return {
    name,
    unit,
    value,
    baseline,
    ratio,
    target: most === null ? null : `<= ${most}`,
    ok: most === null || ratio <= most,
  };
}
