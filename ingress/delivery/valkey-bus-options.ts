import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';
import type { BusTarget } from './valkey-bus-url.ts';

/** What a bus on a Valkey server needs, the same for all of its members. */
export interface ValkeyBusOptions {
  readonly target: BusTarget;
  /** Put before the names of all channels: installations that share a server must differ in it. */
  readonly prefix: string;
  readonly log: Log;
  readonly meter: Meter;
  readonly clock: Clock;
  /** A name that no other run of a process has; letters, digits and hyphens. */
  readonly newBoot: () => string;
  /** How often a process gives a sign of life, in milliseconds. @default 2000 */
  readonly beatMs?: number;
  /** For how long a process that has just connected waits to be told who else is there, in milliseconds. @default 300 */
  readonly graceMs?: number;
  /** How long the server may take to let a process in, in milliseconds. @default 5000 */
  readonly patienceMs?: number;
}
