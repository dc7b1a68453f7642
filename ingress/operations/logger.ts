import { pino } from 'pino';
import type { Log } from './log.ts';

/** The process's logger: JSON lines on standard output. Secrets are taken out by key, whatever part logs them. */
export function createLogger(level: string, ingress: string): Log {
  return pino({
    level,
    base: { ingress },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['password', '*.password', 'token', '*.token', 'secret', '*.secret'],
      censor: '[removed]',
    },
  });
}
