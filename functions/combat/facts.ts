import type { JsonObject } from '../../shared/contract/index.ts';
import type { Status } from '../../shared/sections/index.ts';
import { STATUS_FLAG } from '../../shared/world/status-flags.ts';

/** An effect that a blow or a skill leaves behind. */
export interface Aftermath {
  readonly status: Status;
  readonly amount: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** Who does something to somebody, and from where. The receiver judges by these facts and its own state. */
export interface Doer {
  /** Object id on the map. */
  readonly by: number;
  /** The character; empty for monsters. */
  readonly byId: string;
  /** Connection that is answered. */
  readonly connection: string;
  readonly x: number;
  readonly y: number;
  /** Units. */
  readonly reach: number;
  /** Id of the skill, 0 for an ordinary blow. */
  readonly skill: number;
}

/** A blow. */
export interface Strike extends Doer {
  readonly level: number;
  readonly attack: number;
  readonly hit: number;
  readonly critical: number;
  /** Per cent of an ordinary blow; 0: only the effect counts. */
  readonly power: number;
  readonly effect: Aftermath | null;
  readonly partyId: string | null;
}

/** Help. */
export interface Mend extends Doer {
  readonly hp: number;
  readonly effect: Aftermath | null;
}

/** A question before an attack or a cast. */
export interface Aim extends Doer {
  /** Whether what follows hurts. */
  readonly hostile: boolean;
}

/**
 * How the target judged: `far` out of reach, `dead` not to be fought any more, `forbidden` not to be fought here (or at all), `ok` go on.
 * `met` and `missed` are blows, `killed` the last one.
 */
export type Verdict = 'ok' | 'far' | 'dead' | 'forbidden' | 'met' | 'missed' | 'killed';

/** The target's answer, with where it stands. */
export interface Answer {
  readonly target: number;
  readonly verdict: Verdict;
  readonly x: number;
  readonly y: number;
  readonly skill: number;
}

const VERDICTS: ReadonlySet<unknown> = new Set([
  'ok',
  'far',
  'dead',
  'forbidden',
  'met',
  'missed',
  'killed',
] satisfies Verdict[]);

/** Reads a strike; undefined when it is none. */
export function readStrike(payload: JsonObject): Strike | undefined {
  const { level, attack, hit, critical, power, partyId } = payload;
  if (!areNumbers(level, attack, hit, critical, power) || !isDoer(payload)) return undefined;
  if (partyId !== null && typeof partyId !== 'string') return undefined;
  return hasAftermath(payload) ? (payload as unknown as Strike) : undefined;
}

export function readMend(payload: JsonObject): Mend | undefined {
  if (!areNumbers(payload.hp) || !isDoer(payload) || !hasAftermath(payload)) return undefined;
  return payload as unknown as Mend;
}

export function readAim(payload: JsonObject): Aim | undefined {
  return isDoer(payload) && typeof payload.hostile === 'boolean' ? (payload as unknown as Aim) : undefined;
}

export function readAnswer(payload: JsonObject): Answer | undefined {
  const { target, x, y, skill, verdict } = payload;
  if (!areNumbers(target, x, y, skill) || !VERDICTS.has(verdict)) return undefined;
  return payload as unknown as Answer;
}

/** A signal as the contract carries it. */
export function facts(of: Strike | Mend | Aim | Answer): JsonObject {
  return { ...of } as unknown as JsonObject;
}

/** Whether all are finite numbers. */
export function areNumbers(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number' && Number.isFinite(value));
}

function isDoer({ by, byId, connection, x, y, reach, skill }: JsonObject): boolean {
  return areNumbers(by, x, y, reach, skill) && typeof byId === 'string' && typeof connection === 'string';
}

function hasAftermath({ effect }: JsonObject): boolean {
  if (effect === null) return true;
  if (typeof effect !== 'object' || effect === undefined || Array.isArray(effect)) return false;
  const { status, amount, duration } = effect as JsonObject;
  return typeof status === 'string' && Object.hasOwn(STATUS_FLAG, status) && areNumbers(amount, duration);
}
