import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { RouteFault, RoutePointer, RouteSource } from './route-source.ts';

/** What a family's stack writes: `/packet-edge/STAGE/routes/FAMILY`. */
const entry = z.object({
  v: z.literal(1),
  function: z.string().min(1),
  alias: z.string().min(1),
  version: z.string().min(1),
});

export interface SsmSourceOptions {
  /** Path above the entries, such as `/packet-edge/dev/routes`. */
  readonly path: string;
  readonly region: string;
  /** An SSM other than that of AWS, with dummy credentials. */
  readonly endpoint: string | null;
}

/** The route registry in the parameter store of Systems Manager. */
export function createSsmSource({ path, region, endpoint }: SsmSourceOptions): RouteSource {
  const client = new SSMClient({
    region,
    ...(endpoint === null ? {} : { endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }),
  });
  return {
    async list(signal) {
      const pointers: RoutePointer[] = [];
      const faults: RouteFault[] = [];
      let next: string | undefined;
      do {
        const command = new GetParametersByPathCommand({
          Path: path,
          ...(next === undefined ? {} : { NextToken: next }),
        });
        const page = await client.send(command, { abortSignal: signal });
        for (const { Name = '', Value = '', Version = 0 } of page.Parameters ?? []) {
          const family = Name.slice(Name.lastIndexOf('/') + 1);
          const read = readEntry(Value);
          if (typeof read === 'string') faults.push({ family, problem: read });
          else
            pointers.push({
              family,
              functionName: `${read.function}:${read.alias}`,
              version: `${read.version}/${Version}`,
            });
        }
        next = page.NextToken;
      } while (next !== undefined);
      return { pointers, faults };
    },
    close: () => client.destroy(),
  };
}

function readEntry(text: string): z.infer<typeof entry> | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'the entry is not JSON';
  }
  const read = entry.safeParse(value);
  return read.success
    ? read.data
    : `the entry is faulty: ${read.error.issues[0]?.path.join('.')} ${read.error.issues[0]?.message}`;
}
