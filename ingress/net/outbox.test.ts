import { describe, expect, it } from 'vitest';
import { NetCounters } from './counters.ts';
import { Flusher } from './flusher.ts';
import { Outbox, type Wire } from './outbox.ts';
import { createRoseFraming } from './rose/framing.ts';

/** A socket whose kernel side takes nothing while `stuck`. */
class FakeWire implements Wire {
  stuck = false;
  writes: Buffer[] = [];
  #waiting: { bytes: Buffer; written: () => void }[] = [];
  #corks = 0;
  batches = 0;

  get writableLength(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  write(bytes: Buffer, written: () => void): void {
    if (this.#corks === 0) this.batches += 1;
    if (this.stuck) this.#waiting.push({ bytes, written });
    else {
      // The kernel copies: what the caller does with the memory afterwards must not matter.
      this.writes.push(Buffer.from(bytes));
      queueMicrotask(written);
    }
  }

  cork(): void {
    this.#corks += 1;
    this.batches += 1;
  }

  uncork(): void {
    this.#corks -= 1;
  }

  release(): void {
    this.stuck = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { bytes } of waiting) this.writes.push(Buffer.from(bytes));
    for (const { written } of waiting) written();
  }

  get text(): string {
    return Buffer.concat(this.writes).toString();
  }
}

function setUp(queueBytes = 1_000) {
  const counters = new NetCounters();
  const deferred: (() => void)[] = [];
  const flusher = new Flusher((run) => deferred.push(run));
  const framing = createRoseFraming({ cipher: 'none' });
  const wire = new FakeWire();
  const full = { times: 0 };
  const shared = { framing, flusher, counters, queueBytes };
  const outbox = new Outbox(wire, shared, () => {
    full.times += 1;
  });
  return {
    counters,
    wire,
    full,
    outbox,
    shared,
    deferred,
    tick: () => {
      for (const run of deferred.splice(0)) run();
    },
  };
}

const bytes = (text: string): Buffer => Buffer.from(text);

describe('Outbox', () => {
  it('gathers a tick into one write, in order, whoever gave the bytes', () => {
    const { outbox, wire, tick, counters, deferred } = setUp();
    outbox.send(bytes('one '), 'plain');
    outbox.send(bytes('two '), 'plain');
    outbox.sendSealed(bytes('three '));
    outbox.sendReplaceable('k', bytes('four '));
    outbox.sendReplaceable('k', bytes('five '));
    outbox.send(bytes('six'), 'plain');
    expect(wire.writes).toEqual([]);
    expect(outbox.bytesQueued).toBe(27);
    expect(deferred).toHaveLength(1);
    tick();
    expect(wire.writes.map(String)).toEqual(['one two three four five six']);
    expect(counters).toMatchObject({ writes: 1, bytesOut: 27 });
    expect(outbox.bytesQueued).toBe(0);
  });

  it('lets the caller reuse a plain buffer, behind or not', () => {
    const { outbox, wire, tick } = setUp();
    const scratch = bytes('aaaa');
    outbox.send(scratch, 'plain');
    scratch.fill('b');
    outbox.send(scratch, 'plain');
    wire.stuck = true;
    tick();
    scratch.fill('c');
    outbox.send(scratch, 'plain');
    scratch.fill('d');
    wire.release();
    expect(wire.text).toBe('aaaabbbbcccc');
  });

  it('keeps the frames of two clients apart when their sends alternate', () => {
    const { outbox, wire, tick, shared } = setUp();
    const otherWire = new FakeWire();
    const other = new Outbox(otherWire, shared, () => {});
    for (let turn = 0; turn < 50; turn += 1) {
      outbox.send(bytes(`a${turn};`), 'plain');
      other.send(bytes(`b${turn};`), 'plain');
    }
    tick();
    const wanted = (name: string): string =>
      Array.from({ length: 50 }, (_, turn) => `${name}${turn};`).join('');
    expect([wire.text, otherWire.text]).toEqual([wanted('a'), wanted('b')]);
    expect([wire.batches, otherWire.batches]).toEqual([1, 1]);
  });

  it('leaves memory alone that a slow write still holds', () => {
    const { outbox, wire, tick, shared } = setUp();
    const otherWire = new FakeWire();
    const other = new Outbox(otherWire, shared, () => {});
    wire.stuck = true;
    outbox.send(bytes('slow'), 'plain');
    tick();
    for (let turn = 0; turn < 3; turn += 1) {
      other.send(bytes('fast'), 'plain');
      tick();
    }
    wire.release();
    expect(wire.text).toBe('slow');
    expect(otherWire.text).toBe('fastfastfast');
  });

  it('queues while the client is behind and writes the whole queue at once when it has caught up', () => {
    const { outbox, wire, tick } = setUp();
    wire.stuck = true;
    outbox.send(bytes('1'), 'plain');
    tick();
    outbox.send(bytes('2'), 'plain');
    outbox.sendSealed(bytes('3'));
    tick();
    expect(outbox.bytesQueued).toBe(3);
    expect(wire.batches).toBe(1);
    wire.release();
    expect(wire.text).toBe('123');
    expect(wire.batches).toBe(2);
    outbox.send(bytes('4'), 'plain');
    tick();
    expect(wire.text).toBe('1234');
  });

  it('replaces an older frame of the same key while behind, without overtaking what came between', () => {
    const { outbox, wire, tick, counters } = setUp();
    wire.stuck = true;
    outbox.send(bytes('x'), 'plain');
    tick();
    outbox.sendReplaceable('a', bytes('a1 '));
    outbox.sendReplaceable('b', bytes('b1 '));
    outbox.sendSealed(bytes('a-stops '));
    outbox.sendReplaceable('a', bytes('a2 '));
    outbox.sendReplaceable('a', bytes('a3 '));
    wire.release();
    expect(wire.text).toBe('xb1 a-stops a3 ');
    expect(counters.replaced).toBe(2);
  });

  it('replaces for ever within its bound', () => {
    const { outbox, wire, tick, full } = setUp(100);
    wire.stuck = true;
    outbox.send(bytes('x'), 'plain');
    tick();
    for (let turn = 0; turn < 10_000; turn += 1) outbox.sendReplaceable('p', bytes(`${turn}`.padStart(10)));
    expect(full.times).toBe(0);
    expect(outbox.bytesQueued).toBe(11);
    wire.release();
    expect(wire.text).toBe('x      9999');
  });

  it('gives up at the bound, once, and takes nothing more', () => {
    const { outbox, wire, tick, full } = setUp(100);
    wire.stuck = true;
    outbox.send(Buffer.alloc(40), 'plain');
    tick();
    outbox.sendSealed(Buffer.alloc(60));
    expect(full.times).toBe(0);
    outbox.sendSealed(Buffer.alloc(1));
    outbox.sendSealed(Buffer.alloc(1));
    outbox.sendReplaceable('k', Buffer.alloc(1));
    outbox.send(Buffer.alloc(6), 'plain');
    expect(full.times).toBe(1);
    wire.release();
    expect(wire.text).toHaveLength(40);
  });

  it('writes early when a tick brings very much, so that the bound holds within the tick too', () => {
    const { outbox, wire, full } = setUp(50_000);
    wire.stuck = true;
    for (let turn = 0; turn < 200 && full.times === 0; turn += 1) outbox.send(Buffer.alloc(2_000), 'plain');
    expect(wire.batches).toBe(1);
    expect(full.times).toBe(1);
  });

  it('hands over everything when it is finished', () => {
    const { outbox, wire, tick } = setUp();
    wire.stuck = true;
    outbox.send(bytes('1'), 'plain');
    tick();
    outbox.sendSealed(bytes('2'));
    outbox.finish();
    outbox.sendSealed(bytes('late'));
    tick();
    wire.release();
    expect(wire.text).toBe('12');
    const idle = setUp();
    idle.outbox.send(bytes('gathered'), 'plain');
    idle.outbox.finish();
    expect(idle.wire.text).toBe('gathered');
  });
});
