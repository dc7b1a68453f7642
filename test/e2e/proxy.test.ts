import { expect, test, vi } from 'vitest';
import { Service } from '../support/service.ts';
import { LittleClient } from './support/little-client.ts';
import { C, S } from './support/packets.ts';

const HEADER = Buffer.from('0d0a0d0a000d0a515549540a2111000ccb0071070a0000010bb87148', 'hex');

test('behind a load balancer the true peer is known, and nobody else gets in', async () => {
  const environment = { PROXY_PROTOCOL: 'v2', PROXY_TRUSTED: '127.0.0.0/8', LOG_LEVEL: 'debug' };
  const service = await Service.start({ environment });
  const client = await LittleClient.connect(service.port);
  client.raw(HEADER);
  client.send(C.ACCEPT);
  await client.take(S.ACCEPT);
  const named = () => service.lines.some((line) => line.includes('"address":"203.0.113.7"'));
  await vi.waitFor(() => expect(named()).toBe(true), { timeout: 5_000 });
  const direct = await LittleClient.connect(service.port);
  direct.send(C.ACCEPT);
  await direct.ended();
  expect(await service.metric('bad_frames_total', 'reason="bad_proxy_header"')).toBe(1);
  client.end();
  expect(await service.stop()).toBe(0);
});
