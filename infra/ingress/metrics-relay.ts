import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Names } from '../names.ts';

export interface MetricsRelay {
  readonly entryPoint: string[];
  readonly command: string[];
  readonly environment: Record<string, string>;
}

/** How the relay is run with the image of the ingress, which has Node: its whole program is an argument. */
export function metricsRelay(names: Names, port: number): MetricsRelay {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, 'relay/main.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // A `${` would look like a reference to CloudFormation.
    supported: { 'template-literal': false },
    write: false,
  });
  return {
    entryPoint: ['node'],
    command: ['-e', outputFiles[0]?.text ?? ''],
    environment: { METRICS_URL: `http://127.0.0.1:${port}/metrics`, NAMESPACE: names.metrics },
  };
}
