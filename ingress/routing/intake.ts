import type { JsonObject, PacketMessage } from '../../shared/contract/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import { type Channel, PAUSED } from './channel.ts';
import type { Flow } from './flow.ts';
import type { LivePacket } from './live-packet.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import { packetSize } from './size-estimate.ts';
import { TokenBucket } from './token-bucket.ts';
import { Waiting } from './waiting.ts';

/** A client's packets on their way into their connection's queue. */
export class Intake {
  readonly #parts: RoutingParts;
  readonly #routes: LiveRoutes;
  readonly #flow: Flow;
  readonly #shut: (channel: Channel, code: ErrorCode) => void;

  constructor(
    parts: RoutingParts,
    routes: LiveRoutes,
    flow: Flow,
    shut: (channel: Channel, code: ErrorCode) => void,
  ) {
    this.#parts = parts;
    this.#routes = routes;
    this.#flow = flow;
    this.#shut = shut;
  }

  /** A packet whose fields are decoded. Nothing is dropped here but what no family handles. */
  decoded(
    channel: Channel,
    name: string,
    type: number,
    payload: JsonObject,
    frameBytes: number,
    readAt: number,
  ): void {
    if (channel.phase !== 'open') {
      this.#late(channel);
      return;
    }
    const live = this.#routes.packet(name);
    this.#spend(channel, live, readAt);
    if (live === undefined) this.#unhandled(name, frameBytes);
    else
      this.#put(
        channel,
        live,
        { seq: channel.nextSeq(), kind: 'packet', name, type, payload },
        frameBytes,
        readAt,
      );
  }

  /**
   * A packet without schema; `bytes` is its payload and is read during the call only.
   * @param name its name where the protocol knows one, else null
   */
  raw(
    channel: Channel,
    name: string | null,
    type: number,
    bytes: Buffer,
    frameBytes: number,
    readAt: number,
  ): void {
    if (channel.phase !== 'open') {
      this.#late(channel);
      return;
    }
    const live = (name === null ? undefined : this.#routes.packet(name)) ?? this.#routes.type(type);
    this.#spend(channel, live, readAt);
    if (live !== undefined) {
      const raw = bytes.toString('base64');
      const message: PacketMessage = {
        seq: channel.nextSeq(),
        kind: 'packet',
        name: live.target.name,
        type,
        raw,
      };
      this.#put(channel, live, message, frameBytes, readAt);
    } else if (name !== null) this.#unhandled(name, frameBytes);
    else this.#unknown(channel, type, frameBytes);
  }

  #put(channel: Channel, live: LivePacket, message: PacketMessage, frameBytes: number, readAt: number): void {
    live.count(frameBytes);
    this.#flow.enqueue(channel, new Waiting(message, live.lane, live, 0, packetSize(frameBytes), readAt));
  }

  /** At the limit reading pauses until tokens are back. */
  #spend(channel: Channel, live: LivePacket | undefined, readAt: number): void {
    const rate = live === undefined ? 'default' : live.target.rate;
    let bucket = channel.buckets.get(rate);
    if (bucket === undefined) {
      const { rates } = this.#parts.limits;
      // The name comes from a manifest.
      const limit = Object.hasOwn(rates, rate) ? rates[rate] : undefined;
      bucket = new TokenBucket(limit ?? rates.default, readAt);
      channel.buckets.set(rate, bucket);
    }
    if (bucket.take(readAt)) this.#wait(channel, bucket, readAt);
  }

  #wait(channel: Channel, bucket: TokenBucket, now: number): void {
    if ((channel.paused & PAUSED.rate) !== 0) return;
    this.#flow.pause(channel, 'rate');
    const { clock } = this.#parts;
    clock.schedule(bucket.wait(now), () => this.#goOn(channel));
  }

  /** Goes on once every class has tokens: what is read next may be of any. */
  #goOn(channel: Channel): void {
    const { clock } = this.#parts;
    const now = clock.monotonic();
    let wait = 0;
    for (const bucket of channel.buckets.values())
      if (bucket.empty(now)) wait = Math.max(wait, bucket.wait(now));
    if (wait === 0) channel.resume(PAUSED.rate);
    else clock.schedule(wait, () => this.#goOn(channel));
  }

  /** Read before the connection began to end, handed on after. */
  #late(channel: Channel): void {
    this.#parts.meter.count('drops_total', { what: 'packet', reason: channel.code });
  }

  #unhandled(name: string, frameBytes: number): void {
    this.#ignore(name, 'unhandled', frameBytes);
  }

  #unknown(channel: Channel, type: number, frameBytes: number): void {
    const { limits, log } = this.#parts;
    // One label for all of them: a client could send sixty thousand types.
    this.#ignore('unknown', 'unknown_type', frameBytes);
    log.debug({ code: 'unknown_type', connection: channel.connection.id, type }, 'packet of unknown type');
    if (limits.unknownPacket === 'close') this.#shut(channel, 'unknown_type');
  }

  #ignore(type: string, reason: ErrorCode, frameBytes: number): void {
    const { meter, limits } = this.#parts;
    const labels = { family: 'none', type };
    meter.count('packets_received_total', labels);
    meter.count('bytes_received_total', labels, frameBytes);
    if (!limits.keepAlive.has(type)) meter.count('refusals_total', { family: 'none', reason });
  }
}
