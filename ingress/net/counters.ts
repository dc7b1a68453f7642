import type { ErrorCode } from '../../shared/errors/catalogue.ts';

/** What the wire counts since its start; plain numbers, so that counting costs nothing and metrics read them when asked. */
export class NetCounters {
  bytesIn = 0;
  bytesOut = 0;
  framesIn = 0;
  /** Writes handed to the operating system. */
  writes = 0;
  opened = 0;
  closed = 0;
  /** Replaceable frames that a newer one displaced. */
  replaced = 0;
  /** Bytes read but kept back because their connection is paused. */
  bytesHeld = 0;
  /** Connections closed for what their peer sent, by reason. */
  readonly badFrames = new Map<ErrorCode, number>();
  /** Connections that were never opened, by reason. */
  readonly refused = new Map<ErrorCode, number>();

  count(map: Map<ErrorCode, number>, code: ErrorCode): void {
    map.set(code, (map.get(code) ?? 0) + 1);
  }
}
