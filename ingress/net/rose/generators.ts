/** The four number generators that fill a key table, each with its own 32-bit state. */
export interface Generators {
  /** The next value of generator `kind`: 0 BC, 1 AC, 2 MY, 3 VC. */
  next(kind: number): number;
}

/** Generators that all start at `seed`. Divisions round toward zero, as the C code of the protocol's origin does. */
export function createGenerators(seed: number): Generators {
  let bc = seed | 0;
  let ac = seed | 0;
  let my = seed | 0;
  let vc = seed | 0;
  return {
    next(kind) {
      switch (kind) {
        case 0:
          bc = (Math.imul(bc, 0x08088405) + 1) | 0;
          return Math.trunc(bc / 65536);
        case 1:
          ac = (Math.imul(ac, 0x41c64e6d) + 12345) & 0x7fffffff;
          return ac;
        case 2:
          my = (Math.imul(my, 0x41c64e6d) + 12345) | 0;
          return Math.trunc(my / 65536);
        default:
          vc = (Math.imul(vc, 0x343fd) + 0x269ec3) & 0x7fffffff;
          return Math.trunc(vc / 65536);
      }
    },
  };
}
