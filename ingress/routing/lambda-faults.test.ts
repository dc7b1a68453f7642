import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Packet } from '../../shared/contract/index.ts';
import { family as echo } from '../../test/support/echo-family.ts';
import { type InvokeApi, startInvokeApi } from '../../test/support/invoke-api.ts';
import type { InvokeFault } from '../../test/support/invoke-faults.ts';
import { type RigClient, RoutingRig } from '../../test/support/routing-rig.ts';
import { systemClock } from '../ports/clock.ts';
import { createLambdaInvoker, type LambdaInvoker } from './invoker/index.ts';
import { RouteTable } from './route-table.ts';

const NAME = 'edge-test-echo';
const entry = new URL('../../test/support/echo-lambda.ts', import.meta.url).pathname;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const realTime = { ...systemClock, advance: () => {}, planned: 0 };
const refused = { name: 'SRV_WHISPER_CHAT', payload: { sender: 'SERVER', message: 'refused' } };

let api: InvokeApi;
let invoker: LambdaInvoker;

beforeAll(async () => {
  api = await startInvokeApi({ functions: { [NAME]: entry } });
  invoker = createLambdaInvoker({ region: 'us-east-1', endpoint: api.url, credentials });
});
afterAll(async () => {
  invoker.close();
  await api.close();
});

/** Routing over the Invoke API; the family answers within 300 ms, so that an unclear attempt is repeated after 550 ms. */
function rigOverLambda(): RoutingRig {
  const chat = echo.manifest.packets.CLI_NORMAL_CHAT;
  if (chat === undefined) throw new Error('the echo family answers chat');
  const manifest = { ...echo.manifest, timeout: 300, packets: { CLI_NORMAL_CHAT: { ...chat, refused } } };
  const rig = new RoutingRig([], invoker, {}, realTime);
  rig.router.replaceRoutes(RouteTable.empty.withManifest(manifest, `${NAME}:live`).table);
  return rig;
}

const say = (client: RigClient, message: string): void => client.send('CLI_NORMAL_CHAT', { message });
const messages = (packets: readonly Packet[]): unknown[] =>
  packets.map((packet) => ('payload' in packet ? packet.payload.message : null));

async function answers(clients: readonly RigClient[], each: number): Promise<unknown[][]> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (clients.every(({ replies }) => replies.length >= each)) break;
    await sleep(20);
  }
  return clients.map(({ replies }) => messages(replies));
}

describe('routing over Lambda', () => {
  const once: readonly InvokeFault[] = [
    'throttle',
    'unavailable',
    'hang',
    'drop',
    'crash',
    'garbage',
    'lose_turn',
    'double_turn',
    'spoil_turn',
  ];

  it.each(once)('answers every packet once although an invocation suffers: %s', async (fault) => {
    const rig = rigOverLambda();
    const clients = Array.from({ length: 10 }, () => rig.connect());
    api.faults.add(NAME, fault);
    for (const client of clients) for (const text of ['a', 'b']) say(client, text);
    for (const texts of await answers(clients, 2)) expect(texts).toEqual(['a', 'b']);
    const sections = rig.keeper.commits.map(({ change }) => change?.sections?.echo);
    expect(sections).toHaveLength(10);
    for (const section of sections) expect(section).toEqual({ count: 2 });
    api.faults.clear();
  });

  it('refuses a packet whose turn fails alone twice, and goes on', async () => {
    const rig = rigOverLambda();
    const client = rig.connect();
    api.faults.add(NAME, 'crash', 2);
    say(client, 'lost');
    await sleep(0);
    expect(await answers([client], 1)).toEqual([['refused']]);
    say(client, 'next');
    expect(await answers([client], 2)).toEqual([['refused', 'next']]);
  });

  it('waits for an endpoint that cannot be reached for a while', async () => {
    const away = createLambdaInvoker({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials });
    let reachable = false;
    const rig = new RoutingRig(
      [echo.manifest],
      {
        describe: (target, signal) => invoker.describe(target, signal),
        invoke: (target, event, signal) =>
          (reachable ? invoker : away).invoke({ ...target, functionName: `${NAME}:live` }, event, signal),
      },
      {},
      realTime,
    );
    const client = rig.connect();
    say(client, 'hello');
    await sleep(500);
    expect(client.replies).toEqual([]);
    reachable = true;
    expect(await answers([client], 1)).toEqual([['hello']]);
    expect(rig.meter.total('drops_total')).toBe(0);
    away.close();
  });
});
