import { afterAll, beforeAll, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Writer } from './support/bytes.ts';
import { Player } from './support/player.ts';

const MESSENGER = 0x5c0;
const NEWS = 0x5c1;
const CHAT = 0x5c2;
const SAID = 0x5c3;
const ACTION = { request: 0, accept: 1, list: 5, login: 0x80, logout: 0x81 };

const act = (player: Player, action: number, fill: (writer: Writer) => Writer = (writer) => writer) =>
  player.world.send(MESSENGER, fill(new Writer().u8(action).u8(0).u32(0)).done());
const news = async (player: Player, action: number) =>
  (await player.world.take(NEWS, (packet) => packet.u8() === action)).skip(1);

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(async () => {
  expect(await service.stop()).toBe(0);
});

test('friends through real sockets: ask, accept, talk, go and come back', async () => {
  const play = (name: string) => new Player({ port: service.port, account: `acc${name}` }).play(name);
  const anna = await play('Anna');
  const bert = await play('Bert');
  for (const player of [anna, bert]) expect((await news(player, ACTION.list)).u8()).toBe(0);

  act(anna, ACTION.request, (writer) => writer.text('Bert'));
  expect((await news(bert, ACTION.request)).text()).toBe('Anna');
  act(bert, ACTION.accept, (writer) => writer.u16(0).text('Anna'));
  const friend = await news(anna, ACTION.accept);
  const tag = friend.u16();
  expect([friend.u8(), friend.text()]).toEqual([1, 'Bert']);
  await news(bert, ACTION.login);

  anna.world.send(CHAT, new Writer().u16(tag).text('only you').done());
  const said = await bert.world.take(SAID);
  expect(said.skip(2).text()).toBe('only you');

  bert.drop();
  expect((await news(anna, ACTION.logout)).u16()).toBe(tag);
  const back = await play('Bert');
  const list = await news(back, ACTION.list);
  expect([list.u8(), list.skip(2 + 1).text()]).toEqual([1, 'Anna']);
  expect((await news(anna, ACTION.login)).u16()).toBe(tag);
  await news(back, ACTION.login);
  for (const player of [anna, back]) player.drop();
});
