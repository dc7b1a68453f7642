import { expect } from 'vitest';
import type { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import { C, S } from './support/packets.ts';
import { Player } from './support/player.ts';

/** Two players through login, lobby, world, walk, talk and logout: the same for every way the service can run. */
export async function twoPlayersMeet(
  service: Service,
  { encrypted = false, prefix = '' } = {},
): Promise<void> {
  const port = service.port;
  const anna = await new Player({ port, account: `${prefix}anna`, encrypted }).play(`${prefix}Anna`);
  const bert = await new Player({ port, account: `${prefix}bert`, encrypted }).play(`${prefix}Bert`);
  expect(anna.map).toBe(bert.map);

  // Each sees the other appear, exactly once.
  const seenByAnna = await anna.world.take(S.PLAYER, (reader) => reader.u16() === bert.objectId);
  expect(seenByAnna.u16()).toBe(bert.objectId);
  const seenByBert = await bert.world.take(S.PLAYER, (reader) => reader.u16() === anna.objectId);
  expect(seenByBert.u16()).toBe(anna.objectId);

  // A walk is seen by both, with the distance filled in.
  bert.walkTo(bert.x + 300, bert.y + 400);
  for (const player of [anna, bert]) {
    const move = await player.world.take(S.MOUSE, (reader) => reader.u16() === bert.objectId);
    expect(move.skip(4).u16()).toBeGreaterThan(0);
    expect(move.f32()).toBeCloseTo(bert.x + 300, 0);
  }

  // Talk: nearby, whisper, shout.
  bert.say('hello there');
  for (const player of [anna, bert]) {
    const chat = await player.world.take(S.CHAT);
    expect([chat.u16(), chat.text()]).toEqual([bert.objectId, 'hello there']);
  }
  anna.world.send(C.WHISPER, new Writer().text(`${prefix}bert`).text('psst').done());
  const whisper = await bert.world.take(S.WHISPER);
  expect([whisper.text(), whisper.text()]).toEqual([`${prefix}Anna`, 'psst']);
  anna.world.send(C.WHISPER, new Writer().text('Nobody').text('psst').done());
  expect((await anna.world.take(S.WHISPER)).text()).toBe('SERVER');
  bert.world.send(C.SHOUT, new Writer().text('to all').done());
  for (const player of [anna, bert]) {
    const shout = await player.world.take(S.SHOUT);
    expect([shout.text(), shout.text()]).toEqual([`${prefix}Bert`, 'to all']);
  }

  // Leaving is seen once, and the service closes after the answer.
  expect(await bert.logOut()).toBe(0);
  const removed = await anna.world.take(S.REMOVE, (reader) => reader.u16() === bert.objectId);
  expect(removed.u16()).toBe(bert.objectId);
  expect(await anna.logOut()).toBe(0);
  expect(anna.world.count(S.PLAYER)).toBe(0);
  expect(anna.world.count(S.REMOVE)).toBe(0);
}
