import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type InvokeApi, lambdaEntries, startInvokeApi } from '../support/invoke-api.ts';
import { Service } from '../support/service.ts';
import { twoPlayersMeet } from './scenario.ts';
import { S } from './support/packets.ts';
import { Player } from './support/player.ts';

const FUNCTIONS = join(import.meta.dirname, '../../functions');
const PREFIX = 'packet-edge-';

describe('the main job with INVOKER=lambda: the very Lambda entries behind the Invoke API', () => {
  let engine: TestEngine;
  let api: InvokeApi;
  let service: Service;

  beforeAll(async () => {
    engine = await startTestEngine();
    const functions = await lambdaEntries(FUNCTIONS, PREFIX);
    const environment = { ...engine.environment, AUTO_CREATE_ACCOUNTS: 'true' };
    api = await startInvokeApi({ functions, environment });
    service = await Service.start({
      environment: { ...engine.environment, INVOKER: 'lambda', LAMBDA_ENDPOINT: api.url },
    });
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    await api.close();
    await engine.stop();
  });

  test('two players log in, meet, walk, talk and log out', () => twoPlayersMeet(service, { prefix: 'l' }));

  test('nothing was handled in this process', async () => {
    expect(api.calls.length).toBeGreaterThan(20);
    expect(await service.metric('invocations_total', 'outcome="ok"')).toBeGreaterThan(20);
  });

  test('a throttled function is tried again, and the player notices nothing', async () => {
    const player = await new Player({ port: service.port, account: 'mona' }).play('Mona');
    api.faults.add(`${PREFIX}chat`, 'throttle');
    player.say('through the throttle');
    const chat = await player.world.take(S.CHAT);
    expect([chat.u16(), chat.text()]).toEqual([player.objectId, 'through the throttle']);
    await player.logOut();
  });
});
