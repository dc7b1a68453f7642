import { EdgeError } from '../errors/edge-error.ts';

/** The error for one wrong field of a world data file. */
export function badWorldData(file: string, field: string, problem: string): EdgeError {
  return new EdgeError('bad_world_data', `${file}.json: ${field}: ${problem}`, {
    file: `${file}.json`,
    field,
  });
}
