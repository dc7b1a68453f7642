import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { type Reader, Writer } from './support/bytes.ts';
import { Player } from './support/player.ts';

const COMMAND = 0x5be;
const NEWS = 0x5bf;
const CHAT = 0x54f;
const SAID = 0x550;
const ALLIED = 0x551;
const ALLIED_SAID = 0x552;

const command = (player: Player, number: number, text?: string) => {
  const writer = new Writer().u8(number);
  player.world.send(COMMAND, (text === undefined ? writer : writer.text(text)).done());
};
/** The next news of this number. */
const news = (player: Player, number: number, fits: (packet: Reader) => boolean = () => true) =>
  player.world.take(NEWS, (packet) => packet.u8() === number && fits(packet));

describe('clans, through real sockets', () => {
  let service: Service;
  const play = (name: string) => new Player({ port: service.port, account: `acc${name}` }).play(name);
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });

  test('a clan is founded, grows, talks, comes back and ends', async () => {
    const anna = await play('Anna');
    const bert = await play('Bert');
    anna.world.send(COMMAND, new Writer().u8(0).u16(1).u16(2).text('Foxes').text('red ones').done());
    const info = (await news(anna, 0x33)).skip(1);
    const number = info.u32();
    expect(number).toBeGreaterThan(0);
    expect(info.skip(2 + 2 + 1).u8()).toBe(6);
    bert.world.send(COMMAND, new Writer().u8(0).u16(1).u16(2).text('foxes').text('').done());
    await news(bert, 0x42);

    command(anna, 0x02, 'bert');
    const asked = (await news(bert, 0x0b)).skip(1);
    expect([asked.text(), asked.text()]).toEqual(['Anna', 'Foxes']);
    command(bert, 0x5c, 'Anna');
    await news(bert, 0x33);
    await news(anna, 0x73, (packet) => packet.skip(1 + 1 + 4 + 2 + 2).text() === 'Bert');

    bert.world.send(CHAT, new Writer().text('hello clan').done());
    for (const player of [anna, bert]) {
      const said = await player.world.take(SAID);
      expect([said.text(), said.text()]).toEqual(['Bert', 'hello clan']);
    }
    anna.world.send(ALLIED, new Writer().text('allies').done());
    for (const player of [anna, bert]) {
      const said = await player.world.take(ALLIED_SAID);
      expect([said.u32(), said.text()]).toEqual([number, 'allies']);
    }

    bert.drop();
    const offline = (packet: Reader) => packet.skip(1).u8() === 0 && packet.skip(4 + 2 + 2).text() === 'Bert';
    await news(anna, 0x73, offline);
    const back = await play('Bert');
    await news(back, 0x33);
    command(back, 0x08);
    const list = (await news(back, 0x72)).skip(1);
    const names: string[] = [];
    while (list.left > 0) names.push(list.skip(1 + 1 + 4 + 2 + 2).text());
    expect(names).toEqual(['Anna', 'Bert']);
    command(anna, 0x0a);
    expect((await news(back, 0x61)).skip(1).u8()).toBe(2);
    for (const player of [anna, back]) player.drop();
  });
});
