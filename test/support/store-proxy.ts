import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one request on its way to the database: nothing; a transaction conflict, throttling or a server error instead of it; or
 * it is carried out and its answer gets lost.
 */
export type ProxyFault = 'conflict' | 'throttled' | 'broken' | 'lost-answer' | undefined;

export interface StoreProxy {
  /** Value for `DYNAMODB_ENDPOINT`. */
  readonly endpoint: string;
  /** Asked before each request with the operation, such as `TransactWriteItems`. */
  choose: (operation: string) => ProxyFault;
  /** Faults so far, by kind. */
  readonly counts: Record<string, number>;
  close(): Promise<void>;
}

const TYPE = 'com.amazonaws.dynamodb.v20120810#';

/** A proxy in front of a real database, for services that run as a process of their own. */
export async function startStoreProxy(target: string): Promise<StoreProxy> {
  const agent = new Agent({ keepAlive: true });
  const proxy: StoreProxy = {
    endpoint: '',
    choose: () => undefined,
    counts: {},
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server = createServer((incoming, answer) => {
    const operation = String(incoming.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const fault = proxy.choose(operation);
    if (fault !== undefined) proxy.counts[fault] = (proxy.counts[fault] ?? 0) + 1;
    pass(incoming, answer, { target, agent, operation, fault });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, { endpoint: `http://127.0.0.1:${port}` });
}

interface Pass {
  readonly target: string;
  readonly agent: Agent;
  readonly operation: string;
  readonly fault: ProxyFault;
}

function pass(incoming: IncomingMessage, answer: ServerResponse, { target, agent, operation, fault }: Pass) {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('error', () => answer.destroy());
  incoming.on('end', () => {
    if (fault === 'conflict' || fault === 'throttled' || fault === 'broken') {
      refuse(answer, operation, fault);
      return;
    }
    const { method, headers, url } = incoming;
    const forward = request(new URL(url ?? '/', target), { method, headers, agent }, (reply) => {
      if (fault === 'lost-answer') {
        reply.resume().on('end', () => answer.destroy());
        return;
      }
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
      reply.on('error', () => answer.destroy());
    });
    forward.on('error', () => answer.destroy());
    forward.end(Buffer.concat(chunks));
  });
}

function refuse(answer: ServerResponse, operation: string, fault: 'conflict' | 'throttled' | 'broken'): void {
  const [status, type] =
    fault === 'broken'
      ? [500, 'InternalServerError']
      : fault === 'throttled'
        ? [400, 'ProvisionedThroughputExceededException']
        : operation === 'TransactWriteItems'
          ? [400, 'TransactionCanceledException']
          : [400, 'TransactionConflictException'];
  const reasons =
    type === 'TransactionCanceledException' ? { CancellationReasons: [{ Code: 'TransactionConflict' }] } : {};
  const body = JSON.stringify({
    __type: TYPE + type,
    message: 'injected by the test',
    Message: 'injected',
    ...reasons,
  });
  answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  answer.end(body);
}
