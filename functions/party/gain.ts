import type { Signal } from '../../shared/contract/index.ts';
import { CHARACTER_GAIN } from './names.ts';

/** Experience for the acting character; `source` is the object id of what was killed, 0 when it is not known. */
export function gainOf(xp: number, source: number): Signal {
  return { to: 'self', name: CHARACTER_GAIN, payload: source === 0 ? { xp } : { xp, source } };
}
