import { expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { S } from './support/packets.ts';
import { Player } from './support/player.ts';

test('one walks a long way on one click: the other sees a departure and, after the way back, an arrival', async () => {
  const service = await Service.start();
  const port = service.port;
  const gina = await new Player({ port, account: 'gina' }).play('Gina');
  const hans = await new Player({ port, account: 'hans' }).play('Hans');
  await gina.world.take(S.PLAYER, (reader) => reader.u16() === hans.objectId);
  // Four cells of 2,500 units are seen each way: 13,000 units are out of sight from anywhere in the start area.
  hans.walkTo(hans.x + 13_500, hans.y);
  await gina.world.take(S.REMOVE, (reader) => reader.u16() === hans.objectId, 60_000);
  hans.walkTo(gina.x, gina.y);
  await gina.world.take(S.PLAYER, (reader) => reader.u16() === hans.objectId, 60_000);
  expect(gina.world.count(S.PLAYER)).toBe(0);
  expect(gina.world.count(S.REMOVE)).toBe(0);
  gina.drop();
  hans.drop();
  await service.stop();
}, 120_000);
