import { Backlog } from './backlog.ts';
import type { NetCounters } from './counters.ts';
import type { Flushable, Flusher } from './flusher.ts';
import type { Framing } from './framing.ts';

/** The part of a socket that an outbox writes to. */
export interface Wire {
  /** Bytes handed over that the operating system has not taken yet. */
  readonly writableLength: number;
  write(bytes: Buffer, written: () => void): unknown;
  cork(): void;
  uncork(): void;
}

/** What the outboxes of one listener share. */
export interface OutboxShared {
  readonly framing: Framing;
  readonly flusher: Flusher;
  readonly counters: NetCounters;
  /** SEND_QUEUE_BYTES: how much may wait behind a slow client. */
  readonly queueBytes: number;
}

// A tick that gathers more than this for one connection writes early, so that a slow client is noticed before memory is.
const WRITE_AT = 64 * 1024;

/**
 * What waits to be sent to one client. While the client keeps up, everything of a tick leaves in one write. While it is behind (the
 * operating system did not take all of the last write), frames queue up to the bound, and newer replaceable ones displace older ones.
 */
export class Outbox implements Flushable {
  readonly #wire: Wire;
  readonly #shared: OutboxShared;
  readonly #full: () => void;
  readonly #written = (): void => this.#onWritten();
  /** This tick's frames: whole buffers, then the open stretch of the arena's slab. */
  #parts: Buffer[] = [];
  #slab: Buffer | undefined;
  #slabStart = 0;
  #slabEnd = 0;
  #gathered = 0;
  #scheduled = false;
  #behind = false;
  /** Made when something has to wait: most clients are never behind. */
  #backlog: Backlog | undefined;
  #closed = false;

  /** `full` is called once, when the bound is passed; the outbox takes nothing more from then on. */
  constructor(wire: Wire, shared: OutboxShared, full: () => void) {
    this.#wire = wire;
    this.#shared = shared;
    this.#full = full;
  }

  get bytesQueued(): number {
    return this.#gathered + (this.#backlog?.bytes ?? 0) + this.#wire.writableLength;
  }

  /** Seals a frame; `plain` may be reused after the call. */
  send(plain: Buffer, variant: string): void {
    if (this.#closed) return;
    const { framing, flusher } = this.#shared;
    if (this.#behind) {
      const sealed = framing.seal(plain, variant);
      this.#enqueue(null, sealed === plain ? Buffer.from(plain) : sealed);
      return;
    }
    const slab = flusher.arena.room(plain.length);
    const at = flusher.arena.used;
    if (slab !== this.#slab || at !== this.#slabEnd) {
      this.#closeStretch();
      this.#slab = slab;
      this.#slabStart = at;
    }
    const end = framing.sealInto(plain, variant, slab, at);
    this.#slabEnd = end;
    flusher.arena.advance(end);
    this.#gather(end - at);
  }

  /** Sends a frame in its wire form; the buffer is kept, never changed. */
  sendSealed(sealed: Buffer): void {
    if (this.#closed) return;
    if (this.#behind) {
      this.#enqueue(null, sealed);
      return;
    }
    this.#closeStretch();
    this.#parts.push(sealed);
    this.#gather(sealed.length);
  }

  /** As `sendSealed`; while behind, takes the older frame of this key out of the backlog. */
  sendReplaceable(key: string, sealed: Buffer): void {
    if (!this.#behind || this.#closed) {
      this.sendSealed(sealed);
      return;
    }
    if (this.#backlog?.takeOut(key) === true) this.#shared.counters.replaced += 1;
    this.#enqueue(key, sealed);
  }

  /** Writes what this tick gathered. */
  flush(): void {
    this.#scheduled = false;
    const bytes = this.#gathered;
    if (bytes === 0) return;
    this.#gathered = 0;
    let parts = this.#parts;
    if (parts.length === 0) {
      const slab = this.#slab as Buffer;
      this.#slab = undefined;
      this.#write(slab.subarray(this.#slabStart, this.#slabEnd));
    } else {
      this.#closeStretch();
      parts = this.#parts;
      this.#parts = [];
      this.#write(parts.length === 1 ? (parts[0] as Buffer) : this.#join(parts, bytes));
    }
    if (this.#wire.writableLength > 0) {
      this.#behind = true;
      this.#shared.flusher.arena.lend();
    }
  }

  /** Hands everything to the socket, also what waits behind a slow client; takes nothing more. */
  finish(): void {
    this.flush();
    this.#writeBacklog();
    this.#closed = true;
  }

  /** Forgets what waits; takes nothing more. */
  discard(): void {
    this.#closed = true;
    this.#parts = [];
    this.#slab = undefined;
    this.#gathered = 0;
    this.#backlog = undefined;
  }

  #gather(bytes: number): void {
    this.#gathered += bytes;
    if (this.#gathered >= WRITE_AT) this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      this.#shared.flusher.add(this);
    }
  }

  #closeStretch(): void {
    if (this.#slab === undefined) return;
    this.#parts.push(this.#slab.subarray(this.#slabStart, this.#slabEnd));
    this.#slab = undefined;
  }

  /** Many small frames cost less as one copy in one write than as many pieces. */
  #join(parts: readonly Buffer[], bytes: number): Buffer {
    const { arena } = this.#shared.flusher;
    const slab = arena.room(bytes);
    const start = arena.used;
    let at = start;
    for (const part of parts) {
      slab.set(part, at);
      at += part.length;
    }
    arena.advance(at);
    return slab.subarray(start, at);
  }

  #write(bytes: Buffer): void {
    const { counters } = this.#shared;
    counters.writes += 1;
    counters.bytesOut += bytes.length;
    this.#wire.write(bytes, this.#written);
  }

  #enqueue(key: string | null, sealed: Buffer): void {
    if (this.bytesQueued + sealed.length > this.#shared.queueBytes) {
      this.discard();
      this.#full();
      return;
    }
    this.#backlog ??= new Backlog();
    this.#backlog.add(key, sealed);
  }

  #onWritten(): void {
    if (!this.#behind || this.#wire.writableLength > 0) return;
    this.#behind = false;
    if (this.#writeBacklog() && this.#wire.writableLength > 0) this.#behind = true;
  }

  /** One gathered system call for the whole backlog, without copying it; returns whether there was one. */
  #writeBacklog(): boolean {
    const backlog = this.#backlog;
    if (backlog === undefined) return false;
    this.#backlog = undefined;
    this.#wire.cork();
    for (const sealed of backlog.frames()) this.#write(sealed);
    this.#wire.uncork();
    return true;
  }
}
