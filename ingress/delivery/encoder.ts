import type { Packet } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Protocol } from '../../shared/protocol/index.ts';
import type { Log } from '../operations/log.ts';
import { Broadcast } from './broadcast.ts';
import type { DeliveryOptions } from './options.ts';
import { writeRawFrame } from './raw-frame.ts';
import type { SentMeter } from './sent-meter.ts';

/**
 * Turns packets into frames. A packet that cannot be encoded is logged (`bad_delivery`), counted and left out; the others are not affected.
 * One that clients of the profile cannot be told is left out too, but that is nobody's mistake.
 */
export class Encoder {
  readonly #protocol: () => Protocol;
  readonly #framing: DeliveryOptions['framing'];
  readonly #log: Log;
  readonly #sent: SentMeter;
  readonly #scratch: Buffer;

  constructor(options: Pick<DeliveryOptions, 'protocol' | 'framing' | 'log'>, sent: SentMeter) {
    this.#protocol = options.protocol;
    this.#framing = options.framing;
    this.#log = options.log;
    this.#sent = sent;
    this.#scratch = Buffer.alloc(options.framing.maxFrame);
  }

  /** The plain frame, in a scratch that the next call writes over; null when it cannot be encoded. `to` is for the log. */
  scratch(packet: Packet, to: string): Buffer | null {
    try {
      return this.#scratch.subarray(0, this.#write(packet));
    } catch (error) {
      this.#refuse(packet, to, error);
      return null;
    }
  }

  /** All that can be encoded of these packets, for any number of clients; null when nothing can. */
  broadcast(packets: readonly Packet[], to: string): Broadcast | null {
    const frames: Buffer[] = [];
    const names: string[] = [];
    for (const packet of packets) {
      const frame = this.scratch(packet, to);
      if (frame === null) continue;
      // Sealing may hand back this very buffer, and it lives in send queues: it must be one of its own.
      frames.push(Buffer.from(frame));
      names.push(this.nameOf(packet));
    }
    return frames.length === 0 ? null : new Broadcast(this.#framing, frames, names);
  }

  /** For metrics: a name of the protocol, or `unknown` so that types without schema cannot make endless labels. */
  nameOf(packet: Packet): string {
    if ('name' in packet) return packet.name;
    return this.#protocol().byType('s2c', packet.type)?.name ?? 'unknown';
  }

  #write(packet: Packet): number {
    if (!('name' in packet)) return writeRawFrame(this.#scratch, packet);
    const codec = this.#protocol().byName(packet.name);
    if (codec === undefined)
      throw new EdgeError('unknown_packet', `there is no packet ${packet.name}`, { packet: packet.name });
    return codec.encodeInto(this.#scratch, 0, packet.payload);
  }

  #refuse(packet: Packet, to: string, error: unknown): void {
    const name = 'name' in packet ? packet.name : `type ${packet.type}`;
    if (EdgeError.is(error, 'no_counterpart')) {
      this.#sent.dropped('packet', error.code, 1);
      this.#log.debug(
        { code: error.code, ...error.details, packet: name, to },
        'a packet has no counterpart',
      );
      return;
    }
    this.#sent.refused();
    const facts = EdgeError.is(error) ? { cause: error.code, ...error.details } : {};
    const message = error instanceof Error ? error.message : String(error);
    this.#log.error(
      { code: 'bad_delivery', ...facts, packet: name, to, error: message },
      'a packet could not be encoded',
    );
  }
}
