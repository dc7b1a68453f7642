import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { type Reader, Writer } from './support/bytes.ts';
import { C, S } from './support/packets.ts';
import { Player } from './support/player.ts';

const ANNOUNCED = 0x503;
const BANNED = 5;
const LEVELUP = 0x565;

describe('operators, through real sockets', () => {
  let service: Service;
  const edge = async (...words: string[]) => {
    const tool = join(import.meta.dirname, '../../tools/edge.ts');
    const env = service.environment;
    return (await promisify(execFile)(process.execPath, [tool, ...words], { env })).stdout;
  };
  const play = (name: string) => new Player({ port: service.port, account: `acc${name}` }).play(name);
  /** The next whisper of the service. */
  const told = async (player: Player, fits = /./) => {
    const is = (packet: Reader) => packet.text() === 'SERVER' && fits.test(packet.text());
    const whisper = await player.world.take(S.WHISPER, is);
    whisper.text();
    return whisper.text();
  };

  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });

  test('an operator looks around, announces, moves, gives, kicks and bans; all of it is in the log', async () => {
    await new Player({ port: service.port, account: 'accGwen' }).logIn();
    await edge('account', 'right', 'accGwen', '512');
    const gwen = await play('Gwen');
    const anna = await play('Anna');

    anna.say('/kick Gwen');
    expect(await told(anna)).toBe('Unknown command. /help lists yours.');
    gwen.say('/help');
    expect(await told(gwen, /^\/level/)).toMatch(/raises/);
    gwen.say('/who');
    expect(await told(gwen, /players?\.$/)).toBe('2 players.');
    gwen.say('/where anna');
    expect(await told(gwen, /^Anna is on map 20 at /)).toMatch(/\d+ \d+\.$/);
    gwen.say('/where Nobody');
    expect(await told(gwen, /no character/)).toBe('There is no character Nobody.');

    gwen.say('/announce The ferry leaves');
    for (const player of [gwen, anna]) {
      const announced = await player.world.take(ANNOUNCED);
      expect([announced.text(), announced.text()]).toEqual(['The ferry leaves', 'Gwen']);
    }
    // Not more than five a three seconds, for operators too.
    await new Promise((resolve) => setTimeout(resolve, 3000));

    gwen.say('/teleport Anna 20 521000 522000');
    const moved = await anna.world.take(S.TELEPORT);
    expect([moved.u16(), moved.u16(), moved.f32(), moved.f32()]).toEqual([
      anna.objectId,
      20,
      521_000,
      522_000,
    ]);
    gwen.say('/teleport Anna');
    const followed = await gwen.world.take(S.TELEPORT);
    expect([followed.u16(), followed.u16(), followed.f32(), followed.f32()]).toEqual([
      gwen.objectId,
      20,
      521_000,
      522_000,
    ]);
    gwen.say('/give Anna zuly 500');
    expect(await told(gwen, /gets/)).toBe('Anna gets 500 zuly.');

    gwen.say('/level Anna 3');
    expect(await told(gwen, /rises/)).toBe('Anna rises to level 3.');
    for (const level of [2, 3]) {
      const risen = await anna.world.take(LEVELUP);
      expect([risen.u16(), risen.u16()]).toEqual([anna.objectId, level]);
    }

    gwen.say('/kick Anna rest');
    expect(await told(anna, /operator/)).toMatch(/: rest$/);
    await anna.world.ended();
    const back = await play('Anna');
    expect(back.zuly).toBe(1500n);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    gwen.say('/ban Anna');
    expect(await told(gwen, /banned/)).toBe('The account accAnna is banned.');
    await back.world.ended();
    await back.lobby.ended();
    expect(await new Player({ port: service.port, account: 'accAnna' }).logIn()).toBe(BANNED);
    gwen.say('/kick Anna');
    expect(await told(gwen, /not in the world/)).toBe('Anna is not in the world.');

    const log = await edge('audit', 'list', '--json');
    const entries = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { account: string; command: string; text: string; outcome: string });
    expect(entries.map(({ command }) => command)).toEqual([
      'help',
      'who',
      'where',
      'where',
      'announce',
      'teleport',
      'teleport',
      'give',
      'level',
      'kick',
      'ban',
      'kick',
    ]);
    expect(new Set(entries.map(({ account }) => account))).toEqual(new Set(['accGwen']));
    expect(entries[3]).toMatchObject({ text: '/where Nobody', outcome: 'unknown_character' });
    expect(entries[7]).toMatchObject({ text: '/give Anna zuly 500', outcome: 'done' });
    expect(await edge('audit', 'list')).toContain('/ban Anna');
    gwen.drop();
  });

  test('a command of bytes that are no text is unknown', async () => {
    const player = await play('Otto');
    player.world.send(C.CHAT, new Writer().text('/\xff\xfe').done());
    expect(await told(player)).toBe('Unknown command.');
    player.drop();
  });
});
