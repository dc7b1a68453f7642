import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openStore } from './index.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server in the database's place that does with a request what the test says. */
async function impostor(
  answer: (socket: Socket, respond: (status: number, body: object) => void) => void,
): Promise<string> {
  const listening = createServer((request, response) => {
    request.resume();
    answer(request.socket, (status, body) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const ONCE = { patience: { within: 0, first: 1, longest: 1 }, requestTimeout: 100 };
const KEY = { pk: 'a', sk: 'b' };

it('gives up on a database that takes a request and never answers', async () => {
  const store = openStore({ DYNAMODB_ENDPOINT: await impostor(() => {}) }, ONCE);
  await expect(store.get('world', KEY)).rejects.toMatchObject({
    code: 'database_down',
    details: { kind: 'unclear', attempts: 1 },
  });
  store.close();
});

it('tries again when the connection is cut, when the server fails, and when it is throttled', async () => {
  let requests = 0;
  const endpoint = await impostor((socket, respond) => {
    requests += 1;
    if (requests === 1) socket.destroy();
    else if (requests === 2) respond(500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' });
    else if (requests === 3)
      respond(400, { __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException' });
    else respond(200, { Item: { pk: { S: 'a' }, sk: { S: 'b' }, n: { N: '7' } } });
  });
  const store = openStore({ DYNAMODB_ENDPOINT: endpoint });
  expect(await store.get('world', KEY)).toEqual({ ...KEY, n: 7 });
  expect(requests).toBe(4);
  store.close();
});

it('keeps connections open from one request to the next', async () => {
  const sockets = new Set<Socket>();
  const endpoint = await impostor((socket, respond) => {
    sockets.add(socket);
    respond(200, {});
  });
  const store = openStore({ DYNAMODB_ENDPOINT: endpoint });
  for (let n = 0; n < 5; n += 1) expect(await store.get('world', KEY)).toBeNull();
  expect(sockets.size).toBe(1);
  store.close();
});

it('uses the prefix for its tables', () => {
  const store = openStore({ TABLE_PREFIX: 'mine-' });
  expect(store.tableName('world')).toBe('mine-world');
  store.close();
});
