import { expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import { C, S } from './support/packets.ts';
import { Player } from './support/player.ts';
import { walk } from './support/walking.ts';

const FERRY_EAST = 2;
const FERRY_BACK = 3;
const NORTH_ROAD = 1;
const WALK = 60_000;

function through(player: Player, gate: number): void {
  player.world.send(C.TELEPORT, new Writer().u16(gate).f32(0).f32(0).done());
}

async function arrived(player: Player): Promise<void> {
  const reply = await player.world.take(S.TELEPORT);
  player.objectId = reply.u16();
  player.map = reply.u16();
  player.x = reply.f32();
  player.y = reply.f32();
}

async function changeMap(player: Player): Promise<void> {
  player.world.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
  expect((await player.world.take(S.CHANGE_MAP)).u16()).toBe(player.objectId);
}

test('through gates on one map and to another: all who see it see each leaving and each arrival once', async () => {
  const service = await Service.start();
  const port = service.port;
  const ines = await new Player({ port, account: 'ines' }).play('Ines');
  const jan = await new Player({ port, account: 'jan' }).play('Jan');
  await ines.world.take(S.PLAYER, (reader) => reader.u16() === jan.objectId);
  await jan.world.take(S.PLAYER, (reader) => reader.u16() === ines.objectId);

  through(jan, FERRY_EAST);
  await jan.world.take(0x55d);
  await walk(jan, 516_800, 518_000);
  through(jan, FERRY_EAST);
  await arrived(jan);
  expect([jan.map, jan.x, jan.y]).toEqual([20, 544_000, 530_000]);
  await ines.world.take(S.REMOVE, (reader) => reader.u16() === jan.objectId, WALK);
  await jan.world.take(S.REMOVE, (reader) => reader.u16() === ines.objectId);

  await walk(jan, 544_700, 529_300);
  through(jan, FERRY_BACK);
  await arrived(jan);
  await ines.world.take(S.PLAYER, (reader) => reader.u16() === jan.objectId);
  await jan.world.take(S.PLAYER, (reader) => reader.u16() === ines.objectId);

  await Promise.all([walk(jan, 520_000, 525_500), walk(ines, 520_000, 525_500)]);
  const before = jan.objectId;
  through(jan, NORTH_ROAD);
  await arrived(jan);
  expect(jan.map).toBe(22);
  await ines.world.take(S.REMOVE, (reader) => reader.u16() === before);
  await jan.world.take(S.REMOVE, (reader) => reader.u16() === ines.objectId);
  await changeMap(jan);
  jan.world.send(C.SHOUT, new Writer().text('alone').done());
  await jan.world.take(S.SHOUT);
  through(ines, NORTH_ROAD);
  await arrived(ines);
  expect(jan.world.count(S.PLAYER)).toBe(0);
  await changeMap(ines);
  await jan.world.take(S.PLAYER, (reader) => reader.u16() === ines.objectId);
  await ines.world.take(S.PLAYER, (reader) => reader.u16() === jan.objectId);

  ines.drop();
  await jan.world.take(S.REMOVE, (reader) => reader.u16() === ines.objectId);
  const ids = [before, jan.objectId, ines.objectId];
  for (const player of [jan, ines]) {
    for (const type of [S.PLAYER, S.SHOUT, S.TELEPORT]) expect(player.world.count(type)).toBe(0);
    // Figures and monsters come and go as well.
    const gone = player.world.inbox.filter(({ type }) => type === S.REMOVE);
    for (const { body } of gone) expect(ids).not.toContain(body.readUInt16LE(0));
  }
  jan.drop();
  await service.stop();
}, 180_000);
