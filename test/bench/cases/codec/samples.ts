import type { Fields } from '../../../../shared/protocol/index.ts';

/** A packet to be measured. */
export interface Sample {
  readonly label: string;
  readonly name: string;
  /** Different contents (a power of two of them), so that nothing can be learnt by heart. */
  readonly variants: readonly Fields[];
  readonly calls: number;
  /** The largest ratio to the code by hand that counts as met. */
  readonly most: { readonly decode: number; readonly encode: number };
}

const counts = [0, 1, 2, 3, 4, 5, 6, 7] as const;

function movement(seed: number): Fields {
  return { targetId: 4000 + seed * 331, x: 520000.5 + seed * 17.25, y: 530000.25 - seed * 3.5, z: 10 * seed };
}

function movementReply(seed: number): Fields {
  return {
    id: 77 + seed,
    targetId: seed * 31,
    distance: 900 + seed,
    x: 520000.5 + seed,
    y: 530000.25 - seed,
    z: 10 * seed,
  };
}

function chat(seed: number): Fields {
  // Joined, so that the string is a flat one like those that come out of JSON or a decoder.
  return { message: [...`meet me at the gate of the town, north ${seed}`].join('') };
}

function character(seed: number): Fields {
  const items = counts.map((slot) => ({
    id: 30 + slot + seed,
    gem_opt: seed * 3,
    socket: seed & 1,
    grade: slot,
  }));
  return {
    name: `Wanderer${seed}`,
    race: seed & 1,
    level: 20 + seed,
    job: 111,
    remainSecsUntilDelete: seed * 3600,
    platinium: 0,
    face: seed,
    hair: seed + 3,
    items,
  };
}

function characters(seed: number): Fields {
  return { characters: [0, 1, 2, 3, 4].map((index) => character(seed + index)) };
}

export const samples: readonly Sample[] = [
  {
    label: 'movement',
    name: 'CLI_MOUSE_CMD',
    variants: counts.map(movement),
    calls: 200_000,
    most: { decode: 0.5, encode: 0.5 },
  },
  {
    label: 'movement reply',
    name: 'SRV_MOUSE_CMD',
    variants: counts.map(movementReply),
    calls: 200_000,
    most: { decode: 0.5, encode: 0.5 },
  },
  {
    label: 'chat of 40 characters',
    name: 'CLI_NORMAL_CHAT',
    variants: counts.map(chat),
    calls: 100_000,
    // One call into the runtime for the string is most of the time on both sides.
    most: { decode: 1, encode: 1 },
  },
  {
    label: 'character list of 5',
    name: 'SRV_CHAR_LIST_REPLY',
    variants: counts.map(characters),
    calls: 20_000,
    most: { decode: 0.5, encode: 0.5 },
  },
];
