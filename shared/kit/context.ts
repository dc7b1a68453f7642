import type { CharacterRef, Message, TurnConnection } from '../contract/index.ts';
import type { SectionName } from '../sections/index.ts';
import type { SectionKey, SectionTypes } from './section-types.ts';

/** Dice of one message, seeded by its turn: a retry rolls the same. */
export interface Dice {
  /** An integer from 0 to `below` - 1. */
  int(below: number): number;
  /** From 0 up to, not including, 1. */
  float(): number;
}

/** Writes one structured line, with connection, turn and message attached; never passwords or tokens. */
export interface HandlerLog {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/**
 * All that a handler knows. `S` are the sections that it is shown (names such as `'position' | 'character'`), `V` the family's services.
 * There is no other clock, no other dice and nothing to remember between calls.
 */
export interface Context<S extends SectionKey = SectionName, V = unknown> {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly dice: Dice;
  readonly turnId: string;
  readonly attempt: number;
  /** Fencing epoch of the owned character, 0 when none is owned. */
  readonly epoch: number;
  /** Milliseconds since 1970 after which the result no longer counts. */
  readonly deadline: number;
  readonly connection: TurnConnection;
  readonly message: Message;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly characterId: string | null;
  readonly characters: readonly CharacterRef[];
  /** As earlier messages of this turn left them; frozen. Absent: never written. */
  readonly sections: Partial<SectionTypes<S>>;
  readonly services: V;
  readonly log: HandlerLog;
  /** Aborted when the budget of the turn is used up: hand it to whatever can be cut short. */
  readonly signal: AbortSignal;
  /** Key of idempotency for one step of this message: the same at a retry, and when the message is dispatched again in another turn. */
  step(name: string): string;
}
