import { expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Player } from './support/player.ts';

test('connections that come while the service drains are refused', async () => {
  const service = await Service.start();
  const player = await new Player({ port: service.port, account: 'rosa' }).play('Rosa');
  const stopped = service.stop();
  await player.world.ended();
  await expect(new Player({ port: service.port, account: 'rosa' }).connect()).rejects.toThrow();
  expect(await stopped).toBe(0);
});
