/** A rate class: a token bucket for each connection. */
export interface RateLimit {
  /** Packets a second in the long run. */
  readonly perSecond: number;
  /** Packets at once after a quiet time. */
  readonly burst: number;
}

/** The bounds of routing. Every one has a default, and none of them loses a packet that a client sent. */
export interface RoutingLimits {
  /** Rate classes by name; a class that is not here has the limits of `default`. */
  readonly rates: Readonly<Record<string, RateLimit>> & { readonly default: RateLimit };
  /** What becomes of a packet whose type nobody knows. @default 'ignore' */
  readonly unknownPacket: 'ignore' | 'close';
  /** Packets that only say that the client is there: nobody has to handle them. @default none */
  readonly keepAlive: ReadonlySet<string>;
  /** Messages waiting in one connection at which its reads are paused. @default 512, above the burst of the default rate class */
  readonly queueHigh: number;
  /** Messages waiting at which they are resumed. @default 128 */
  readonly queueLow: number;
  /** Estimated bytes of waiting messages at which reads are paused. @default 1,000,000 */
  readonly queueBytes: number;
  /**
   * Estimated bytes of all that waits in all connections; above it each connection's reads are paused at a 64th of `queueBytes`, so that
   * very many who send more than is handled do not use up the memory. @default 128,000,000
   */
  readonly waitingBytes: number;
  /**
   * Messages waiting at which the connection is closed (`queue_full`): signals come too, and they cannot be paused. Those of others
   * are refused at half of it. @default 2,048
   */
  readonly queueBound: number;
  /** Messages in one turn. @default 64 */
  readonly turnMessages: number;
  /** Estimated bytes of the messages of one turn. @default 64,000 */
  readonly turnBytes: number;
  /** Refused packets (`wrong_stage`) within a minute that close the connection. @default 30 */
  readonly refusalsPerMinute: number;
  /** Signals may cause signals this deep. @default 4 */
  readonly signalHops: number;
  /** First wait after an invocation of which nothing ran, milliseconds; doubled each time, with jitter. @default 25 */
  readonly throttleFirst: number;
  /** Longest wait between throttled attempts, milliseconds. @default 2,000 */
  readonly throttleMost: number;
  /** Milliseconds after which turns that are throttled, or cannot even be sent, all the time are dropped. @default 10,000 */
  readonly throttleTotal: number;
  /** Milliseconds that durable turns wait for this ingress to renew its heartbeat before they are dropped. @default 30,000 */
  readonly unhealthyTotal: number;
}

export const DEFAULT_LIMITS: RoutingLimits = {
  rates: { default: { perSecond: 60, burst: 300 } },
  unknownPacket: 'ignore',
  keepAlive: new Set(),
  queueHigh: 512,
  queueLow: 128,
  queueBytes: 1_000_000,
  waitingBytes: 128_000_000,
  queueBound: 2048,
  turnMessages: 64,
  turnBytes: 64_000,
  refusalsPerMinute: 30,
  signalHops: 4,
  throttleFirst: 25,
  throttleMost: 2000,
  throttleTotal: 10_000,
  unhealthyTotal: 30_000,
};
