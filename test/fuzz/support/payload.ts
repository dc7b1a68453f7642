import type { IntNode, Node, Repeat, Slot, ValueSlot } from '../../../shared/protocol/compile/layout.ts';
import type { Dice } from './dice.ts';
import type { Facts } from './facts.ts';

/** Bytes of the largest payload. */
const ROOM = 2047 - 6;
/** Of floats, so many are none that a position could be: each costs its connection. */
const NOT_FINITE = 0.02;
/** All but /ban: whoever is banned sends nothing more. */
const COMMANDS = [
  'help',
  'where',
  'who',
  'kick',
  'announce',
  'teleport',
  'give',
  'level',
  'nothing',
  '',
  '/',
];
const WORDS = [
  'zuly',
  'weapon/1',
  'material/11',
  '1/1',
  '31/1023',
  '-1',
  '0',
  '1',
  '20',
  '22',
  '210',
  '211',
  '999',
].concat([
  '1000',
  '520000',
  '1e9',
  '1e999',
  'NaN',
  '0x10',
  '1.5',
  '99999999999999999999',
  '__proto__',
  'constructor',
]);
const LENGTHS = [0, 1, 2, 12, 24, 25, 40, 254, 255, 256, 300];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Whether a payload is nothing but bytes. */
function isOpen([first, ...others]: readonly Slot[]): boolean {
  return first?.kind === 'value' && first.repeat?.kind === 'rest' && others.length === 0;
}

/** Random bytes of a well-formed payload: written by hand, since the encoder refuses what a hostile client would send. */
export class Payload {
  readonly #dice: Dice;
  readonly #facts: Facts;
  readonly #near: Point;
  #room = ROOM;

  /** @param near where the sender is, or thinks it is */
  constructor(dice: Dice, facts: Facts, near: Point) {
    this.#dice = dice;
    this.#facts = facts;
    this.#near = near;
  }

  of(slots: readonly Slot[]): Buffer {
    this.#room = ROOM;
    if (isOpen(slots) && this.#dice.chance(0.8)) return this.#body();
    const bytes = this.#slots(slots);
    // A text at the very end may lack its zero byte.
    const last = slots.at(-1);
    const open = last?.kind === 'value' && last.node.kind === 'text' && last.repeat === null;
    return open && bytes.length > 1 && this.#dice.chance(0.05) ? bytes.subarray(0, -1) : bytes;
  }

  /** A body that the schema does not know: mostly a small number that says what is wanted, then texts and numbers. */
  #body(): Buffer {
    const dice = this.#dice;
    const parts = Array.from({ length: dice.below(4) }, () => {
      if (dice.chance(0.6)) return Buffer.concat([this.#text(), Buffer.alloc(1)]).subarray(0, 600);
      return this.#int({ kind: 'int', bytes: dice.pick([1, 2, 4] as const), signed: false });
    });
    const command = dice.chance(0.7) ? dice.below(20) : dice.below(256);
    return Buffer.concat([Buffer.from([command]), ...parts]);
  }

  #slots(slots: readonly Slot[]): Buffer {
    return Buffer.concat(
      slots.map((slot) => (slot.kind === 'bits' ? this.#int(slot.store) : this.#value(slot))),
    );
  }

  #value({ node, repeat, name }: ValueSlot): Buffer {
    const count = this.#count(repeat);
    const prefix = Buffer.alloc(repeat?.kind === 'prefix' ? repeat.bytes : 0);
    this.#room -= prefix.length;
    const list: Buffer[] = [];
    for (let index = 0; index < count; index += 1) {
      const before = this.#room;
      const one = this.#node(node, name);
      this.#room = before - one.length;
      if (this.#room < 0 && repeat?.kind !== 'count' && repeat !== null) break;
      list.push(one);
    }
    if (prefix.length > 0) prefix.writeUIntLE(list.length, 0, prefix.length);
    return Buffer.concat([prefix, ...list]);
  }

  #count(repeat: Repeat): number {
    if (repeat === null) return 1;
    if (repeat.kind === 'count') return repeat.count;
    const most = repeat.kind === 'prefix' && repeat.bytes === 1 ? 255 : 400;
    return this.#dice.chance(0.7) ? this.#dice.below(5) : this.#dice.below(most + 1);
  }

  #node(node: Node, name: string): Buffer {
    switch (node.kind) {
      case 'int':
        return this.#int(node);
      case 'long':
        return this.#long();
      case 'float':
        return node.bytes === 4 ? this.#float(name) : this.#double(name);
      case 'text':
        return Buffer.concat([this.#text(), Buffer.alloc(1)]);
      case 'fixed':
        return this.#fixed(node.length);
      case 'union':
        return this.#int(node.store, this.#facts.headers);
      case 'struct':
        return this.#slots(node.fields);
    }
  }

  #int({ bytes, signed }: IntNode, known: readonly number[] = this.#facts.ids): Buffer {
    const range = 2 ** (bytes * 8);
    const value = this.#integer(range, known);
    const buffer = Buffer.alloc(bytes);
    // Two's complement: the sign is how it is read.
    buffer.writeUIntLE(((value % range) + range) % range, 0, bytes);
    return signed && this.#dice.chance(0.1) ? buffer.fill(0xff) : buffer;
  }

  #integer(range: number, known: readonly number[]): number {
    const dice = this.#dice;
    const kind = dice.below(100);
    if (kind < 30) return dice.below(13);
    if (kind < 55) return dice.below(145);
    if (kind < 75) return dice.pick(known);
    if (kind < 90)
      return dice.pick([0, 1, range - 1, range - 2, range / 2, range / 2 - 1, 999, 1000, 1023, 1024]);
    return dice.below(range);
  }

  #long(): Buffer {
    const dice = this.#dice;
    const buffer = Buffer.alloc(8);
    const limits = [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n, 10n, 1000n, -1000n];
    buffer.writeBigInt64LE(dice.chance(0.6) ? dice.pick(limits) : BigInt(dice.below(1200)));
    return dice.chance(0.1) ? dice.bytes(8) : buffer;
  }

  #number(name: string, largest: number, smallest: number): number {
    const dice = this.#dice;
    if (dice.chance(NOT_FINITE)) return dice.pick([Number.NaN, Infinity, -Infinity]);
    const at = dice.chance(0.85) ? this.#near : dice.pick(this.#facts.places);
    const kind = dice.below(10);
    if (kind < 8) {
      const base = name === 'x' ? at.x : name === 'y' ? at.y : dice.pick([at.x, at.y]);
      return base + (dice.roll() - 0.5) * dice.pick([0, 10, 200, 200, 3000, 60_000]);
    }
    if (kind < 9) return dice.pick([0, -0, 1, -1, largest, -largest, smallest, 1e9, -1e9, 480_000, 560_000]);
    return (dice.roll() - 0.5) * 2_000_000;
  }

  #float(name: string): Buffer {
    const buffer = Buffer.alloc(4);
    buffer.writeFloatLE(this.#number(name, 3.4028234663852886e38, 1.401298464324817e-45));
    return buffer;
  }

  #double(name: string): Buffer {
    const buffer = Buffer.alloc(8);
    buffer.writeDoubleLE(this.#number(name, Number.MAX_VALUE, Number.MIN_VALUE));
    return buffer;
  }

  /** What an operator may type, or anybody may try. */
  #command(): Buffer {
    const dice = this.#dice;
    const words = Array.from({ length: dice.below(5) }, () =>
      dice.chance(0.4) ? dice.pick(this.#facts.texts).toString() : dice.pick(WORDS),
    );
    return Buffer.from(`/${[dice.pick(COMMANDS), ...words].join(dice.chance(0.95) ? ' ' : '  ')}`);
  }

  #text(): Buffer {
    const dice = this.#dice;
    if (dice.chance(0.15)) return this.#command();
    if (dice.chance(0.5)) return dice.pick(this.#facts.texts);
    const length = Math.max(0, Math.min(dice.chance(0.05) ? ROOM : dice.pick(LENGTHS), this.#room - 40));
    // Any bytes but zero: halves of characters, control characters, quotes.
    return Buffer.from(dice.bytes(length).map((byte) => (byte === 0 ? 0x27 : byte)));
  }

  #fixed(length: number): Buffer {
    const bytes = this.#dice.bytes(length);
    return this.#dice.chance(0.2) ? bytes.fill(0, this.#dice.below(length + 1)) : bytes;
  }
}
