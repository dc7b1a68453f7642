/**
 * A Lambda environment in a worker thread: loads one entry file, then answers requests with its handler, as the Node runtime does.
 * Started by invoke-api.ts.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { SandboxAnswer, SandboxRequest } from './sandbox-messages.ts';

interface Entry {
  readonly handler: (event: unknown, context: object) => Promise<unknown>;
}

const { entry, version } = workerData as { readonly entry: string; readonly version: string };
const loaded = import(entry) as Promise<Entry>;

async function answer({ id, payload }: SandboxRequest): Promise<SandboxAnswer> {
  try {
    const { handler } = await loaded;
    const context = { awsRequestId: `request-${id}`, functionVersion: version };
    return {
      id,
      payload: JSON.stringify(await handler(JSON.parse(payload), context)) ?? 'null',
      failed: false,
    };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const said = { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] };
    return { id, payload: JSON.stringify(said), failed: true };
  }
}

parentPort?.on('message', (request: SandboxRequest) => {
  answer(request).then((message) => parentPort?.postMessage(message));
});
