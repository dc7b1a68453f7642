import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { DEPLOYED } from '../../support/ground.ts';
import { Reader } from './bytes.ts';
import { decryptFromServer, encryptAsClient, lengthFromServer } from './little-cipher.ts';

/** A packet as it came: its type and its body. */
export interface Received {
  readonly type: number;
  readonly body: Buffer;
}

const HEADER = 6;
/** An invocation that timed out is tried again, which takes seconds: it happens where many functions start on a small machine. */
const PATIENCE = DEPLOYED ? 30_000 : 10_000;

/** A client of its own, sharing nothing with the project: sockets, framing and cipher once more, small and plain. */
export class LittleClient {
  readonly #socket: Socket;
  readonly #encrypted: boolean;
  /** Everything received and not yet taken, in order. */
  readonly inbox: Received[] = [];
  #rest = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  closed = false;

  private constructor(socket: Socket, encrypted: boolean) {
    this.#socket = socket;
    this.#encrypted = encrypted;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => {
      this.closed = true;
      this.#wake?.();
    });
    socket.on('error', () => socket.destroy());
  }

  /** `from`: the loopback address that it comes from. */
  static async connect(port: number, { encrypted = false, from = '127.0.0.1' } = {}): Promise<LittleClient> {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    socket.setNoDelay(true);
    await once(socket, 'connect');
    return new LittleClient(socket, encrypted);
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= HEADER) {
      const size = this.#encrypted ? lengthFromServer(this.#rest) : this.#rest.readUInt16LE(0);
      if (this.#rest.length < size) break;
      const frame = this.#rest.subarray(0, size);
      const plain = this.#encrypted ? decryptFromServer(frame) : frame;
      this.inbox.push({ type: plain.readUInt16LE(2), body: Buffer.from(plain.subarray(HEADER)) });
      this.#rest = this.#rest.subarray(size);
    }
    this.#wake?.();
  }

  send(type: number, body: Buffer = Buffer.alloc(0)): void {
    const frame = Buffer.alloc(HEADER + body.length);
    frame.writeUInt16LE(frame.length, 0);
    frame.writeUInt16LE(type, 2);
    body.copy(frame, HEADER);
    this.raw(this.#encrypted ? encryptAsClient(frame) : frame);
  }

  raw(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Takes the first packet of the type (and for which `fits`), waiting for it; packets of other types stay in the inbox. */
  async take(type: number, fits?: (reader: Reader) => boolean, patience = PATIENCE): Promise<Reader> {
    const packet = await this.#find(type, fits, patience);
    this.inbox.splice(this.inbox.indexOf(packet), 1);
    return new Reader(packet.body);
  }

  /** Waits for such a packet, and leaves it in the inbox. */
  async see(type: number, fits?: (reader: Reader) => boolean): Promise<void> {
    await this.#find(type, fits, PATIENCE);
  }

  async #find(
    type: number,
    fits: (reader: Reader) => boolean = () => true,
    patience: number,
  ): Promise<Received> {
    const until = Date.now() + patience;
    for (;;) {
      const found = this.inbox.find((packet) => packet.type === type && fits(new Reader(packet.body)));
      if (found !== undefined) return found;
      const seen = this.inbox.map((packet) => `0x${packet.type.toString(16)}`).join(' ');
      if (this.closed) throw new Error(`closed while waiting for 0x${type.toString(16)}; there were ${seen}`);
      if (Date.now() > until) throw new Error(`no 0x${type.toString(16)}; there were ${seen}`);
      await this.#news(until - Date.now());
    }
  }

  /** Takes everything of these types that has come, in order, without waiting. */
  takeAll(types: readonly number[]): { readonly type: number; readonly reader: Reader }[] {
    const found = this.inbox.filter(({ type }) => types.includes(type));
    const rest = this.inbox.filter(({ type }) => !types.includes(type));
    this.inbox.splice(0, this.inbox.length, ...rest);
    return found.map(({ type, body }) => ({ type, reader: new Reader(body) }));
  }

  /** Resolves when the server has closed. */
  async ended(): Promise<void> {
    const until = Date.now() + PATIENCE + 10_000;
    while (!this.closed) {
      if (Date.now() > until) throw new Error('the server did not close');
      await this.#news(until - Date.now());
    }
  }

  count(type: number): number {
    return this.inbox.filter((packet) => packet.type === type).length;
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #news(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, Math.max(1, milliseconds));
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
