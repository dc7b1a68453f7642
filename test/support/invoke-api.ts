import { access, readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { InvokeFaults, spoil } from './invoke-faults.ts';
import { Sandbox } from './sandbox.ts';

const ROUTE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** Bytes of a synchronous request or response. */
const LARGEST = 6 * 1024 * 1024;
/** Bytes of the log that `LogType: Tail` answers. */
const TAIL = 4096;

export interface InvokeApiOptions {
  /** Entry file of each function, by function name. */
  readonly functions: Readonly<Record<string, string>>;
  /** Environment variables of the functions, besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds that a function may take. @default 10_000 */
  readonly timeout?: number;
  /** Aliases that exist, besides $LATEST. @default ['live'] */
  readonly aliases?: readonly string[];
}

/** One request that reached the API. */
export interface InvokeCall {
  readonly functionName: string;
  readonly qualifier: string | null;
  readonly payload: string;
}

export interface InvokeApi {
  readonly url: string;
  readonly calls: readonly InvokeCall[];
  readonly faults: InvokeFaults;
  /** TCP connections accepted so far. */
  readonly connections: number;
  /** Everything that a function printed. */
  output(functionName: string): string;
  coldStarts(functionName: string): number;
  close(): Promise<void>;
}

/** The Lambda entries of all families of a folder, by function name. */
export async function lambdaEntries(
  directory: string,
  prefix = 'packet-edge-',
): Promise<Record<string, string>> {
  const entries: Record<string, string> = {};
  for (const folder of await readdir(directory, { withFileTypes: true })) {
    const file = resolve(join(directory, folder.name, 'lambda.ts'));
    const exists =
      folder.isDirectory() &&
      (await access(file).then(
        () => true,
        () => false,
      ));
    if (exists) entries[`${prefix}${folder.name}`] = file;
  }
  return entries;
}

/** Starts a server on a free loopback port that speaks Lambda's Invoke API and runs the entry files, each in an environment of its own. */
export async function startInvokeApi(options: InvokeApiOptions): Promise<InvokeApi> {
  const environment = { ...process.env, ...options.environment };
  const sandboxes = new Map(
    Object.entries(options.functions).map(([name, entry]) => [name, new Sandbox(entry, environment)]),
  );
  const qualifiers = new Set<string | null>([null, '$LATEST', ...(options.aliases ?? ['live'])]);
  const calls: InvokeCall[] = [];
  const faults = new InvokeFaults();
  let connections = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const match = ROUTE.exec(url.pathname);
    if (request.method !== 'POST' || match?.[1] === undefined)
      return refuse(response, 404, 'UnknownOperationException', url.pathname);
    const [functionName = '', inName] = decodeURIComponent(match[1]).split(':');
    const qualifier = inName ?? url.searchParams.get('Qualifier');
    const payload = await body(request);
    calls.push({ functionName, qualifier, payload });
    const sandbox = sandboxes.get(functionName);
    if (sandbox === undefined || !qualifiers.has(qualifier)) {
      return refuse(
        response,
        404,
        'ResourceNotFoundException',
        `Function not found: ${functionName}:${qualifier}`,
      );
    }
    if (payload.length > LARGEST)
      return refuse(response, 413, 'RequestTooLargeException', `${payload.length} bytes`);
    const fault = faults.take(functionName);
    if (fault === 'hang') return;
    if (fault === 'throttle') return refuse(response, 429, 'TooManyRequestsException', 'Rate Exceeded.');
    if (fault === 'unavailable') return refuse(response, 500, 'ServiceException', 'internal error');
    if (fault === 'refuse') return refuse(response, 403, 'AccessDeniedException', 'not allowed');
    const answer =
      fault === 'crash'
        ? { payload: JSON.stringify({ errorType: 'Error', errorMessage: 'crashed as asked' }), failed: true }
        : await sandbox.run(payload, options.timeout ?? 10_000);
    if (fault === 'drop') return void request.socket.destroy();
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-amz-executed-version': '1',
      'x-amzn-requestid': `request-${calls.length}`,
    };
    if (answer.failed) headers['x-amz-function-error'] = 'Unhandled';
    if (request.headers['x-amz-log-type'] === 'Tail') {
      headers['x-amz-log-result'] = Buffer.from(sandbox.output.slice(-TAIL)).toString('base64');
    }
    response.writeHead(200, headers).end(answer.failed ? answer.payload : spoil(answer.payload, fault));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      refuse(response, 500, 'ServiceException', String(error)),
    );
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    faults,
    get connections() {
      return connections;
    },
    output: (name) => sandboxes.get(name)?.output ?? '',
    coldStarts: (name) => sandboxes.get(name)?.coldStarts ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close()));
    },
  };
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message, message }));
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
