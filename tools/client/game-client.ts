import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ClientFrameCodec, Framing } from '../../ingress/net/framing.ts';
import type { DecodedPacket, Fields, Protocol } from '../../shared/protocol/index.ts';

export interface GameClientOptions {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly framing: Framing;
  /** A variant of the framing: `plain`, or the name of a key. */
  readonly variant: string;
  /** Every packet that came, and every one that was sent. */
  readonly onPacket: (direction: 'in' | 'out', packet: DecodedPacket) => void;
}

/** One connection of a player: frames, cipher and packets by name. */
export class GameClient {
  readonly #socket: Socket;
  readonly #options: GameClientOptions;
  readonly #codec: ClientFrameCodec;
  readonly #waiting: { readonly name: string; readonly take: (packet: DecodedPacket | null) => void }[] = [];
  #rest = Buffer.alloc(0);
  closed = false;

  private constructor(socket: Socket, options: GameClientOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#codec = options.framing.openClient(options.variant);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.closed = true;
      for (const waiter of this.#waiting.splice(0)) waiter.take(null);
    });
  }

  static async connect(options: GameClientOptions): Promise<GameClient> {
    const socket = connect(options.port, options.host);
    socket.setNoDelay(true);
    await once(socket, 'connect');
    return new GameClient(socket, options);
  }

  /** @throws EdgeError when the packet or a field does not exist or does not fit. */
  send(name: string, fields: Fields = {}): void {
    const plain = this.#options.protocol.encode(name, fields);
    this.#options.onPacket('out', { name, type: plain.readUInt16LE(2), fields });
    this.#socket.write(this.#codec.seal(plain));
  }

  /** The next packet of that name; null when the connection ended first. */
  next(name: string): Promise<DecodedPacket | null> {
    if (this.closed) return Promise.resolve(null);
    return new Promise((take) => {
      this.#waiting.push({ name, take });
    });
  }

  /** Sends a request and waits for its answer. */
  ask(name: string, fields: Fields, answer: string): Promise<DecodedPacket | null> {
    const reply = this.next(answer);
    this.send(name, fields);
    return reply;
  }

  end(): void {
    this.#socket.end();
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const verdict = this.#codec.next(this.#rest, at, this.#rest.length);
      if (verdict.kind === 'bad') {
        this.#socket.destroy();
        return;
      }
      if (verdict.kind === 'partial') break;
      const { kind, type, payloadStart, payloadEnd, consumed } = verdict;
      at += consumed;
      if (kind === 'frame') this.#take(type, payloadStart, payloadEnd);
    }
    this.#rest = this.#rest.subarray(at);
  }

  #take(type: number, start: number, end: number): void {
    const codec = this.#options.protocol.byType('s2c', type);
    const packet: DecodedPacket =
      codec === undefined
        ? { name: `0x${type.toString(16)}`, type, fields: { $hex: this.#rest.toString('hex', start, end) } }
        : { name: codec.name, type, fields: codec.decodePayload(this.#rest, start, end) };
    this.#options.onPacket('in', packet);
    const index = this.#waiting.findIndex((waiter) => waiter.name === packet.name);
    if (index >= 0) this.#waiting.splice(index, 1)[0]?.take(packet);
  }
}
