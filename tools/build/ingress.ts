import { join } from 'node:path';
import type { BundledFile } from './bundle.ts';
import { bundleProgram } from './program.ts';

/** The ingress by itself. */
export interface BuiltIngress {
  readonly folder: string;
  readonly files: readonly BundledFile[];
}

/**
 * Puts the ingress alone into `<out>/ingress`, for INVOKER=lambda with a DynamoDB of AWS: no family, no command line, no embedded database. Of what it
 * shares with families it holds only what it uses, so that it stays byte for byte the same whatever a team changes in its family.
 * @throws esbuild's BuildFailure for code that cannot be bundled
 */
export async function buildIngress(root: string, out: string): Promise<BuiltIngress> {
  const folder = join(out, 'ingress');
  const entries = { main: 'ingress/main.ts' };
  const files = await bundleProgram({ root, out: folder, maps: join(out, 'maps/ingress'), entries });
  return { folder, files };
}
