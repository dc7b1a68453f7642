import { createGenerators, type Generators } from './generators.ts';

/** The seed of the table that every stock client starts with. */
export const DEFAULT_SEED = 0x0042d266;

export const ROWS = 16;
export const COLUMNS = 2048;

/** Bytes of one diagonal: a start column (below 2,048) plus the longest frame stays inside, so no index wraps. */
export const DIAGONAL = 2 * COLUMNS;

/** The key material of one seed. Symmetric and stateless: one object serves any number of connections both ways. */
export interface RoseKey {
  /** `plain`-proof name of the variant that this key makes: `rose`, or `rose:` and the seed in hex. */
  readonly variant: string;
  /** 16 rows of 2,048 bytes, row after row. */
  readonly rows: Uint8Array;
  /**
   * The same bytes along the walk of a frame: `diagonals[d * DIAGONAL + j]` is row `(d + j) mod 16`, column `j mod 2048`. The stream
   * of a frame with `tab` and `add` is diagonal `(add - tab) mod 16` from `tab` on.
   */
  readonly diagonals: Uint8Array;
}

/** The table of a seed as the open server builds it: the rows take the four generators in turn. */
export function fixedKey(seed: number = DEFAULT_SEED): RoseKey {
  const kinds = Array.from({ length: ROWS }, (_, row) => row % 4);
  const name = seed === DEFAULT_SEED ? 'rose' : `rose-fixed:${hex(seed)}`;
  return fill(name, createGenerators(seed), kinds);
}

/** The table of a seed as the retail client builds it for its world and game connections: the seed chooses the generators too. */
export function seededKey(seed: number): RoseKey {
  const generators = createGenerators(createGenerators(seed).next(2));
  // Seventeen draws: the last one belongs to an index table that no frame uses, but its draw moves the generator on.
  const draws = Array.from({ length: ROWS + 1 }, () => generators.next(0) & 3);
  return fill(`rose:${hex(seed)}`, generators, draws.slice(0, ROWS));
}

function hex(seed: number): string {
  return (seed >>> 0).toString(16).padStart(8, '0');
}

function fill(variant: string, generators: Generators, kinds: readonly number[]): RoseKey {
  const rows = new Uint8Array(ROWS * COLUMNS);
  const first: number[] = [];
  for (const [row, kind] of kinds.entries()) {
    // Every row, not only the first, avoids the values of row 0 in the columns before.
    const taken = new Set<number>();
    for (let column = 0; column < COLUMNS; column += 1) {
      let value = generators.next(kind);
      while (taken.has(value)) value = generators.next(kind);
      rows[row * COLUMNS + column] = value;
      if (row === 0) first.push(value);
      taken.add(first[column] as number);
    }
  }
  return { variant, rows, diagonals: layDiagonals(rows) };
}

function layDiagonals(rows: Uint8Array): Uint8Array {
  const diagonals = new Uint8Array(ROWS * DIAGONAL);
  for (let diagonal = 0; diagonal < ROWS; diagonal += 1) {
    for (let step = 0; step < DIAGONAL; step += 1) {
      const row = (diagonal + step) % ROWS;
      diagonals[diagonal * DIAGONAL + step] = rows[row * COLUMNS + (step % COLUMNS)] as number;
    }
  }
  return diagonals;
}
