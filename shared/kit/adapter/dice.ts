import type { Dice } from '../context.ts';

const GOLDEN = 0x9e3779b9;

/** Spreads the bits of a 32-bit integer (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The dice of one message: SplitMix32, a Weyl sequence through a mixer. Each message of a turn has a stream of its own, so that a
 * message rolls the same whatever its predecessors rolled.
 * @param seed the turn's unsigned 32-bit seed
 * @param seq the message's number on its connection
 */
export function rollDice(seed: number, seq: number): Dice {
  let state = mix((seed ^ mix((seq + GOLDEN) | 0)) | 0) | 0;
  const next = (): number => {
    state = (state + GOLDEN) | 0;
    return mix(state);
  };
  return {
    int(below) {
      if (!Number.isInteger(below) || below < 1 || below > 2 ** 32)
        throw new RangeError(`dice of ${below} sides`);
      // The last, incomplete stretch of the 32-bit range is rolled again, so that every side is equally likely.
      const limit = 2 ** 32 - (2 ** 32 % below);
      let value = next();
      while (value >= limit) value = next();
      return value % below;
    },
    float() {
      const high = next() >>> 5;
      const low = next() >>> 6;
      return (high * 2 ** 26 + low) / 2 ** 53;
    },
  };
}
