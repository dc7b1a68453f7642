import { createHash } from 'node:crypto';
import type { Uids } from './container.ts';

/** Identities for the things that one step makes: 64 bits, the same ones when the step is repeated. */
export function uidsOf(step: string): Uids {
  let made = 0;
  return () => {
    made += 1;
    return createHash('sha256').update(`${step}#${made}`).digest('hex').slice(0, 16);
  };
}
