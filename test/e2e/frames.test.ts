import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Service } from '../support/service.ts';
import { LittleClient } from './support/little-client.ts';
import { C, S } from './support/packets.ts';
import { Player } from './support/player.ts';
import { withService } from './support/with-service.ts';

/** CRC-16/ARC, bit by bit. */
function crcOf(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

function accept(crc: 'right' | 'wrong' | 'none'): Buffer {
  const frame = Buffer.from([6, 0, 4, 5, 0, 0]);
  const right = crcOf(frame);
  if (crc !== 'none') frame.writeUInt16LE(crc === 'right' ? right : right ^ 1, 4);
  return frame;
}

/** Whether a client is answered whose second frame is such a one; its first is always in order. */
async function answered(service: Service, first: Buffer, second: Buffer): Promise<boolean> {
  const client = await LittleClient.connect(service.port);
  client.raw(first);
  await client.take(S.ACCEPT);
  client.raw(second);
  const ok = await client.take(S.ACCEPT, undefined, 5000).then(
    () => true,
    () => false,
  );
  expect(client.closed).toBe(!ok);
  client.end();
  return ok;
}

describe.concurrent('frames', () => {
  test('PACKET_CRC=accept-zero: none or the right one', () =>
    withService({}, async (service) => {
      expect(await answered(service, accept('none'), accept('right'))).toBe(true);
      expect(await answered(service, accept('right'), accept('none'))).toBe(true);
      expect(await answered(service, accept('none'), accept('wrong'))).toBe(false);
      expect(await service.metric('bad_frames_total', 'reason="bad_crc"')).toBe(1);
    }));

  test('PACKET_CRC=off: any', () =>
    withService({ PACKET_CRC: 'off' }, async (service) => {
      expect(await answered(service, accept('none'), accept('wrong'))).toBe(true);
    }));

  test('PACKET_CRC=require: the right one only, and what the server sends carries it', () =>
    withService({ PACKET_CRC: 'require' }, async (service) => {
      expect(await answered(service, accept('right'), accept('right'))).toBe(true);
      expect(await answered(service, accept('right'), accept('none'))).toBe(false);
      expect(await service.metric('bad_frames_total', 'reason="crc_required"')).toBe(1);
      const socket = connect(service.port, '127.0.0.1');
      socket.write(accept('right'));
      const [came] = (await once(socket, 'data')) as [Buffer];
      const crc = came.readUInt16LE(4);
      came.writeUInt16LE(0, 4);
      expect(crc).toBe(crcOf(came));
      socket.destroy();
    }));

  test('PACKET_CIPHER=rose: enciphered clients play, plain ones are closed', () =>
    withService({ PACKET_CIPHER: 'rose' }, async (service) => {
      const player = await new Player({ port: service.port, account: 'toni', encrypted: true }).play('Toni');
      player.say('secretly');
      await player.world.take(S.CHAT);
      const plain = await LittleClient.connect(service.port);
      // Read as enciphered an accept claims 973 bytes: so many are sent.
      plain.raw(Buffer.concat(Array.from({ length: 163 }, () => accept('none'))));
      await plain.ended();
      expect(await service.metric('bad_frames_total', 'reason="bad_cipher"')).toBe(1);
      player.drop();
    }));

  test('PACKET_CIPHER=none: plain clients play, enciphered ones are closed', () =>
    withService({ PACKET_CIPHER: 'none' }, async (service) => {
      const player = await new Player({ port: service.port, account: 'uwe' }).play('Uwe');
      const enciphered = await LittleClient.connect(service.port, { encrypted: true });
      for (let count = 0; count < 400; count += 1) enciphered.send(C.ACCEPT);
      await enciphered.ended();
      player.say('openly');
      await player.world.take(S.CHAT);
      player.drop();
    }));
});
