import { EdgeError } from '../../errors/edge-error.ts';
import type { Down } from '../outcome.ts';

/** Runs a call of a service: trouble of the database becomes the code `down`, anything else is a fault and is thrown. */
export async function orDown<T>(run: () => Promise<T>): Promise<T | Down> {
  try {
    return await run();
  } catch (error) {
    if (EdgeError.is(error) && error.entry.area === 'state') return { code: 'down', problem: error.message };
    if (EdgeError.is(error, 'conflict')) return { code: 'down', problem: error.message };
    throw error;
  }
}
