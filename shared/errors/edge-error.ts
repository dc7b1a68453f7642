import { ERRORS, type ErrorCode, type ErrorEntry } from './catalogue.ts';

/** Facts about one failure: where it was (packet, field, connection, family), for the log. Never secrets. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The one error class of the project: a code of the catalogue, what happened here, and the facts. */
export class EdgeError extends Error {
  override readonly name = 'EdgeError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(`[${code}] ${message}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get entry(): ErrorEntry {
    return ERRORS[this.code];
  }

  static is(value: unknown, code?: ErrorCode): value is EdgeError {
    return value instanceof EdgeError && (code === undefined || value.code === code);
  }
}
