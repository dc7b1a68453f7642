import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EdgeError } from '../../../shared/errors/edge-error.ts';

/** Where the engine's program lies. Throws `engine_missing` where its package is not installed (it exists for Linux on x64 only). */
export function engineBinary(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch (error) {
    const platform = `${process.platform}-${process.arch}`;
    const message = `the embedded database has no program for ${platform}; set DYNAMODB_ENDPOINT to a DynamoDB of your own`;
    throw new EdgeError('engine_missing', message, { platform }, error);
  }
}
