import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from './log.ts';

const MINUTE = 60_000;
/** Lines of one code in a minute. */
const MOST = 20;

interface Window {
  lines: number;
  leftOut: number;
}

/**
 * Lines that strangers cause, one each for whatever they send: so many a minute of each code, then only how many more there were.
 * Metrics count them all.
 */
export class SeldomLog {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #windows = new Map<ErrorCode, Window>();

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  warn(code: ErrorCode, fields: object, message: string): void {
    this.#write('warn', code, fields, message);
  }

  error(code: ErrorCode, fields: object, message: string): void {
    this.#write('error', code, fields, message);
  }

  #write(level: 'warn' | 'error', code: ErrorCode, fields: object, message: string): void {
    const window = this.#windows.get(code) ?? this.#begin(code);
    window.lines += 1;
    if (window.lines > MOST) window.leftOut += 1;
    else this.#log[level]({ code, ...fields }, message);
  }

  #begin(code: ErrorCode): Window {
    const window: Window = { lines: 0, leftOut: 0 };
    this.#windows.set(code, window);
    this.#clock.schedule(MINUTE, () => {
      this.#windows.delete(code);
      const { leftOut } = window;
      if (leftOut > 0) this.#log.warn({ code, leftOut }, 'more of these within the minute were not written');
    });
    return window;
  }
}
