import type { Socket } from 'node:net';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { AddressCounts } from './address-counts.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { FrameCodec } from './framing.ts';
import { Outbox, type OutboxShared } from './outbox.ts';
import { type Preamble, PreambleCodec } from './preamble.ts';
import { FrameReader, type ReaderSink } from './reader.ts';
import { type ReadMechanism, startReading } from './shared-read.ts';
import type { Timed, TimerWheel } from './timer-wheel.ts';
import type { NetConnection, NetEvents } from './types.ts';

/** What the connections of one listener share. */
export interface ConnectionShared extends OutboxShared {
  readonly events: NetEvents;
  readonly pool: BufferPool;
  readonly wheel: TimerWheel;
  readonly addresses: AddressCounts;
  readonly readBuffer: Buffer;
  readonly reading: ReadMechanism;
  readonly openPreamble: ((peer: string) => Preamble) | undefined;
  /** In ticks of the wheel. */
  readonly firstTicks: number;
  readonly idleTicks: number;
  readonly graceTicks: number;
  /** The socket is gone. */
  ended(connection: Connection): void;
}

/**
 * A socket with its reader and its outbox. Open until something closes it; closing while the last bytes leave and the peer ends its
 * side; gone when the socket is closed.
 */
export class Connection implements NetConnection, ReaderSink, Timed {
  readonly id: string;
  remoteAddress: string;
  readonly peerAddress: string;
  readonly #socket: Socket;
  readonly #shared: ConnectionShared;
  readonly #codec: FrameCodec;
  readonly #reader: FrameReader;
  readonly #outbox: Outbox;
  #variant: string | undefined;
  /** Whether `onOpen` was called, so that `onClose` will be. */
  #announced = false;
  #reason: ErrorCode | undefined;
  #paused = false;
  #resuming = false;
  #peerEnded = false;
  /** A whole frame came: until then it might be anybody. */
  #heard = false;
  /** The wheel's tick of the latest whole frame. */
  #activeAt: number;

  constructor(id: string, socket: Socket, shared: ConnectionShared) {
    this.id = id;
    this.peerAddress = socket.remoteAddress ?? '';
    this.remoteAddress = this.peerAddress;
    this.#socket = socket;
    this.#shared = shared;
    const codec = shared.framing.open();
    const preamble = shared.openPreamble?.(this.peerAddress);
    this.#codec =
      preamble === undefined
        ? codec
        : new PreambleCodec(preamble, codec, (address) => this.#introduced(address));
    this.#reader = new FrameReader(this.#codec, shared.pool, shared.counters, this);
    this.#outbox = new Outbox(socket, shared, () => this.destroy('send_queue_full'));
    this.#activeAt = shared.wheel.now;
    shared.wheel.set(this, shared.firstTicks);
    socket.on('error', () => this.destroy('socket_error'));
    socket.on('end', () => this.#onPeerEnd());
    socket.on('close', () => this.#onSocketClosed());
    if (preamble === undefined) this.#announce();
    if (this.#reason !== undefined) return;
    startReading(
      socket,
      shared.readBuffer,
      (buffer, start, end, owned) => this.#onBytes(buffer, start, end, owned),
      shared.reading,
    );
  }

  get variant(): string {
    this.#variant ??= this.#codec.variant;
    if (this.#variant === undefined) {
      throw new EdgeError('variant_undecided', 'nothing can be sent before the first frame', {
        connection: this.id,
      });
    }
    return this.#variant;
  }

  get bytesQueued(): number {
    return this.#outbox.bytesQueued;
  }

  send(plain: Buffer): void {
    if (this.#reason === undefined) this.#outbox.send(plain, this.#variant ?? this.variant);
  }

  sendSealed(sealed: Buffer): void {
    if (this.#reason === undefined) this.#outbox.sendSealed(sealed);
  }

  sendReplaceable(key: string, sealed: Buffer): void {
    if (this.#reason === undefined) this.#outbox.sendReplaceable(key, sealed);
  }

  pause(): void {
    if (this.#paused || this.#reason !== undefined) return;
    this.#paused = true;
    this.#reader.pause();
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#resuming) return;
    this.#resuming = true;
    process.nextTick(goOn, this);
  }

  /** Carries out a resume that was not taken back meanwhile. */
  goOn(): void {
    this.#resuming = false;
    if (this.#paused || this.#reason !== undefined) return;
    this.#activeAt = this.#shared.wheel.now;
    if (this.#reader.resume()) this.#socket.resume();
  }

  close(code: ErrorCode): void {
    if (this.#reason !== undefined) return;
    this.#stop(code);
    this.#outbox.finish();
    this.#shared.wheel.set(this, this.#shared.graceTicks);
    this.#socket.end();
    // Reading on, to nowhere: bytes left unread would make the kernel reset the connection and the peer lose what was just sent.
    this.#socket.resume();
  }

  /** Ends the connection at once, without sending what waits. */
  destroy(code: ErrorCode): void {
    this.#stop(code);
    this.#outbox.discard();
    this.#socket.destroy();
  }

  frame(type: number, buffer: Buffer, payloadStart: number, payloadEnd: number, frameBytes: number): void {
    this.#activeAt = this.#shared.wheel.now;
    this.#heard = true;
    try {
      this.#shared.events.onFrame(this, type, buffer, payloadStart, payloadEnd, frameBytes);
    } catch (error) {
      this.#fault(error);
    }
  }

  failed(code: ErrorCode): void {
    this.#shared.counters.count(this.#shared.counters.badFrames, code);
    this.close(code);
  }

  expired(): void {
    const { wheel, firstTicks, idleTicks } = this.#shared;
    if (this.#reason !== undefined) {
      this.#socket.destroy();
      return;
    }
    // A paused connection is not idle: its bytes wait because of us.
    if (this.#paused) this.#activeAt = wheel.now;
    const left = this.#activeAt + (this.#heard ? idleTicks : firstTicks) - wheel.now;
    if (left > 0) wheel.set(this, left);
    else this.close(this.#peerEnded ? 'client_closed' : 'idle_timeout');
  }

  #onBytes(buffer: Buffer, start: number, end: number, owned: boolean): void {
    this.#shared.counters.bytesIn += end - start;
    this.#reader.push(buffer, start, end, owned);
  }

  #onPeerEnd(): void {
    if (this.#reason !== undefined) return;
    if (this.#reader.inFrame) this.failed('truncated');
    else if (this.#shared.events.onPeerEnd === undefined || !this.#announced) this.close('client_closed');
    else {
      this.#peerEnded = true;
      this.#call(this.#shared.events.onPeerEnd);
    }
  }

  #onSocketClosed(): void {
    this.#stop('client_closed');
    this.#outbox.discard();
    this.#shared.wheel.clear(this);
    if (this.#announced) this.#shared.addresses.remove(this.remoteAddress);
    this.#shared.ended(this);
  }

  #introduced(remoteAddress: string | undefined): void {
    if (remoteAddress !== undefined) this.remoteAddress = remoteAddress;
    this.#announce();
  }

  #announce(): void {
    if (!this.#shared.addresses.add(this.remoteAddress)) {
      this.destroy('too_many_from_address');
      return;
    }
    this.#announced = true;
    this.#shared.counters.opened += 1;
    this.#call(this.#shared.events.onOpen);
  }

  /** From here on no frame is handed on and nothing is sent. The first reason counts. */
  #stop(code: ErrorCode): void {
    if (this.#reason !== undefined) return;
    this.#reason = code;
    this.#reader.finish();
    process.nextTick(announceClose, this, code);
  }

  /** Tells of the close, in a tick of its own. */
  announceClose(code: ErrorCode): void {
    const { counters, events } = this.#shared;
    if (!this.#announced) {
      counters.count(counters.refused, code);
      events.onRefused(code, this.remoteAddress);
      return;
    }
    counters.closed += 1;
    try {
      events.onClose(this, code);
    } catch (error) {
      events.onFault(this, error);
    }
  }

  #call(event: (this: NetEvents, connection: NetConnection) => void): void {
    try {
      event.call(this.#shared.events, this);
    } catch (error) {
      this.#fault(error);
    }
  }

  #fault(error: unknown): void {
    this.#shared.events.onFault(this, error);
    this.close('internal_error');
  }
}

function goOn(connection: Connection): void {
  connection.goOn();
}

function announceClose(connection: Connection, code: ErrorCode): void {
  connection.announceClose(code);
}
