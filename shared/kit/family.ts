import type { Manifest, TableGrants, TurnEvent, TurnsResult } from '../contract/index.ts';
import type { Environment } from './definition.ts';
import type { LineSink } from './line.ts';
import type { SectionKey } from './section-types.ts';

/** What surrounds a running family; everything has a default. */
export interface FamilyHost {
  /** Takes the lines that handlers and the adapter log. @default nowhere */
  readonly lines: LineSink;
  /** Milliseconds of a clock that never goes back, for budgets only; handlers are not shown it. @default performance.now */
  readonly monotonic: () => number;
  /** Deep-freezes what handlers are given, so that one that changes its input fails at once. @default false */
  readonly freeze: boolean;
  /** Told of each message that failed, with the reason that is counted and what was thrown. @default nobody */
  readonly failed: (reason: string, error: unknown) => void;
}

/** A family with its services, ready to run turns. Safe for any number of concurrent calls. */
export interface RunningFamily {
  readonly manifest: Manifest;
  /**
   * Runs the turns of an event. A message that fails spoils only itself; the promise never rejects for what a handler does. Turns that
   * could not begin in the family's time are missing from the result, and nothing of them ran.
   * @param host replaces parts of the host for this call, such as a log that knows the request
   */
  handle(event: TurnEvent, host?: Partial<FamilyHost>): Promise<TurnsResult>;
}

/** A family as the ingress, a Lambda entry and the test kit take it. */
export interface Family {
  readonly name: string;
  readonly manifest: Manifest;
  /** Builds its services from the settings of the process: once per environment (process or Lambda sandbox). */
  start(environment: Environment, host?: Partial<FamilyHost>): RunningFamily;
}

/** A family with its types: what `defineFamily` returns. */
export interface DefinedFamily<S extends SectionKey, V> extends Family {
  /** The services as the definition builds them. */
  readonly services: (environment: Environment, grants: TableGrants) => V;
  /** Runs it with services that exist already. */
  startWith(services: V, host?: Partial<FamilyHost>): RunningFamily;
  /** Carries the section types; never present at run time. */
  readonly sectionTypes?: S;
}
