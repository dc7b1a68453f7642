import { EdgeError } from '../errors/edge-error.ts';
import { classify, type FailureKind } from './classify.ts';
import type { Surroundings } from './surroundings.ts';

/** How long a request is tried again. */
export interface Patience {
  /** Milliseconds after which no further attempt begins. */
  readonly within: number;
  /** Milliseconds of the first wait at most; it doubles each time up to `longest`, and the dice choose between half and all of it. */
  readonly first: number;
  readonly longest: number;
}

/** Fits into a function's time budget. */
export const DEFAULT_PATIENCE: Patience = { within: 3_000, first: 20, longest: 500 };

/** What is known when an attempt begins. */
export interface Attempt {
  /** 1 at first. */
  readonly number: number;
  /** An earlier attempt failed in a way that leaves open whether it was carried out. */
  readonly doubtful: boolean;
}

/**
 * Runs a request again while trying again can help (conflict, throttle, unclear failure), with growing waits.
 * Failed conditions are thrown as they came, for the caller to judge. Otherwise throws EdgeError `conflict`, `database_down`
 * or `database_refused`; `details.kind` is the failure's kind.
 */
export async function persevere<T>(
  what: string,
  run: (attempt: Attempt) => Promise<T>,
  patience: Patience,
  surroundings: Surroundings,
): Promise<T> {
  const began = surroundings.monotonic();
  let doubtful = false;
  for (let number = 1; ; number += 1) {
    try {
      return await run({ number, doubtful });
    } catch (error) {
      if (EdgeError.is(error)) throw error;
      const kind = classify(error);
      if (kind === 'condition') throw error;
      if (kind === 'unclear') doubtful = true;
      const wait = pause(number, patience, surroundings.random());
      const spent = surroundings.monotonic() - began;
      if (kind === 'refused' || spent + wait > patience.within) throw failure(what, kind, number, error);
      await surroundings.sleep(wait);
    }
  }
}

function pause(attempt: number, patience: Patience, dice: number): number {
  const most = Math.min(patience.longest, patience.first * 2 ** Math.min(attempt - 1, 20));
  return most * (0.5 + dice / 2);
}

function failure(what: string, kind: FailureKind, attempts: number, cause: unknown): EdgeError {
  const code = kind === 'conflict' ? 'conflict' : kind === 'refused' ? 'database_refused' : 'database_down';
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new EdgeError(
    code,
    `${what} failed after ${attempts} attempts: ${reason}`,
    { kind, attempts },
    cause,
  );
}
