import type { Fields, Protocol } from '../../../shared/protocol/index.ts';
import type { ClientFrameCodec, Framing } from '../../net/framing.ts';
import type { Outlet } from '../options.ts';

export interface Received {
  readonly name: string;
  readonly fields: Fields;
}

/** A client in memory: takes frames as a `NetConnection` would, deciphers and decodes them as a player would. */
export class RecordingClient implements Outlet {
  readonly variant: string;
  readonly received: Received[] = [];
  /** Objects that it was shown and not yet told to remove. */
  readonly visible = new Set<number>();
  /** Appearances of what was there, vanishings of what was not. */
  readonly contradictions: string[] = [];
  /** Objects whose moves came while they were not there; a client's own may be among them. */
  readonly unseen = new Set<number>();
  /** The buffers as they came, to see which are shared. */
  readonly buffers: Buffer[] = [];
  readonly keys: string[] = [];
  readonly #framing: Framing;
  readonly #protocol: Protocol;
  readonly #codec: ClientFrameCodec;

  constructor(framing: Framing, protocol: Protocol, variant: string) {
    this.variant = variant;
    this.#framing = framing;
    this.#protocol = protocol;
    this.#codec = framing.openClient(variant);
  }

  send(plain: Buffer): void {
    this.#take(this.#framing.seal(Buffer.from(plain), this.variant));
  }

  sendSealed(sealed: Buffer): void {
    this.buffers.push(sealed);
    this.#take(sealed);
  }

  sendReplaceable(key: string, sealed: Buffer): void {
    this.keys.push(key);
    this.sendSealed(sealed);
  }

  names(): string[] {
    return this.received.map(({ name }) => name);
  }

  /** What came since the last call. */
  fresh(): Received[] {
    return this.received.splice(0);
  }

  #take(sealed: Buffer): void {
    // Deciphering happens in place, and the buffer belongs to many.
    const bytes = Buffer.from(sealed);
    for (let at = 0; at < bytes.length; ) {
      const verdict = this.#codec.next(bytes, at, bytes.length);
      if (verdict.kind !== 'frame')
        throw new Error(`a client was sent something that is not a frame: ${verdict.kind}`);
      const { type, payloadStart, payloadEnd, consumed } = verdict;
      const codec = this.#protocol.byType('s2c', type);
      if (codec === undefined)
        this.received.push({
          name: `type ${type}`,
          fields: { raw: bytes.toString('base64', payloadStart, payloadEnd) },
        });
      else this.#note(codec.name, codec.decodePayload(bytes, payloadStart, payloadEnd));
      at += consumed;
    }
  }

  #note(name: string, fields: Fields): void {
    this.received.push({ name, fields });
    const id = Number(fields.id);
    if (name === 'SRV_MOUSE_CMD' && !this.visible.has(id)) this.unseen.add(id);
    if (name === 'SRV_PLAYER_CHAR') {
      if (this.visible.has(id)) this.contradictions.push(`${id} appeared twice`);
      this.visible.add(id);
    } else if (name === 'SRV_REMOVE_OBJECT') {
      if (!this.visible.delete(id)) this.contradictions.push(`${id} vanished without being there`);
    }
  }
}
