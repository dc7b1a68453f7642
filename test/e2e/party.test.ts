import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { Reader, Writer } from './support/bytes.ts';
import { attack, F, mobs, slay, toTheField } from './support/fighting.ts';
import { meet, Player } from './support/player.ts';
import { walk } from './support/walking.ts';

const REQ = 0x5a9;
const ASKED = 0x5aa;
const REPLY = 0x5ab;
const REPLIED = 0x5ac;
const MEMBER = 0x5ad;
const LEVELEXP = 0x5af;
const UPDATE = 0x5b0;
const RULE = 0x5b2;
const RULED = 0x5b3;
const CHAT = 0x54d;
const SAID = 0x54e;

const REQUEST = { CREATE: 0, JOIN: 1, LEAVE: 2, CHANGE_OWNER: 3, BAN: 129 };
const CODE = {
  NOT_FOUND: 0,
  ACCEPT_CREATE: 2,
  ACCEPT_JOIN: 3,
  REJECT: 4,
  DESTROY: 5,
  CHANGE_OWNER: 8,
  CHANGE_OWNER_AND_LEAVE: 9,
  BANNED: 128,
  LEFT: 129,
  REJOIN: 130,
};

const request = (player: Player, type: number, target = 0) =>
  player.world.send(REQ, new Writer().u8(type).u16(target).done());
const answer = (player: Player, type: number, target: number) =>
  player.world.send(REPLY, new Writer().u8(type).u32(target).done());

/** Waits for SRV_PARTY_REPLY with this code and gives its source. */
async function replied(player: Player, code: number): Promise<number> {
  const reader = await player.world.take(REPLIED, (packet) => packet.u8() === code);
  return reader.skip(1).u32();
}

function member(reader: Reader) {
  const [tag, id, maxHp, hp] = [reader.u32(), reader.u16(), reader.u32(), reader.u32()];
  reader.skip(4 + 2 + 2 + 2 + 2);
  return { tag, id, maxHp, hp, name: reader.text() };
}

/** Waits until a member was added (1) or removed (-1), and gives who it is. */
async function membership(player: Player, action: number, name: string) {
  const is = (packet: Reader) =>
    packet.u8() >= 0 && packet.u8() === (action & 0xff) && member(packet).name === name;
  return member((await player.world.take(MEMBER, is)).skip(2));
}

async function join(owner: Player, guest: Player, type = REQUEST.JOIN): Promise<void> {
  request(owner, type, guest.objectId);
  const asked = await guest.world.take(ASKED);
  expect([asked.u8(), asked.u32()]).toEqual([type, owner.objectId]);
  answer(guest, type === REQUEST.CREATE ? CODE.ACCEPT_CREATE : CODE.ACCEPT_JOIN, owner.objectId);
}

describe('parties, through real sockets', () => {
  let service: Service;
  const player = (name: string) => new Player({ port: service.port, account: `acc${name}` }).play(name);
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });

  test('three form a party, talk, change owner and rules, drop and come back, ban and leave', async () => {
    const anna = await player('Anna');
    const bert = await player('Bert');
    const cleo = await player('Cleo');
    await meet(anna, bert, cleo);

    await join(anna, bert, REQUEST.CREATE);
    expect(await replied(anna, CODE.ACCEPT_CREATE)).toBe(bert.objectId);
    expect((await membership(anna, 1, 'Bert')).id).toBe(bert.objectId);
    expect(await membership(bert, 1, 'Anna')).toMatchObject({ id: anna.objectId, hp: 81, maxHp: 81 });
    await join(anna, cleo);
    expect(await replied(anna, CODE.ACCEPT_JOIN)).toBe(cleo.objectId);
    for (const other of [anna, bert]) await membership(other, 1, 'Cleo');
    for (const name of ['Anna', 'Bert']) await membership(cleo, 1, name);

    bert.world.send(CHAT, new Writer().text('together').done());
    for (const hearer of [anna, bert, cleo]) {
      const said = await hearer.world.take(SAID);
      expect([said.u16(), said.text()]).toEqual([bert.objectId, 'together']);
    }

    for (const one of [anna, bert, cleo]) await one.world.take(RULED);
    anna.world.send(RULE, new Writer().u8(0x81).done());
    for (const one of [anna, bert, cleo]) expect((await one.world.take(RULED)).u8()).toBe(0x81);
    request(cleo, REQUEST.BAN, bert.objectId);
    expect(await replied(cleo, CODE.REJECT)).toBe(cleo.objectId);
    request(anna, REQUEST.CHANGE_OWNER, bert.objectId);
    for (const one of [anna, bert, cleo]) expect(await replied(one, CODE.CHANGE_OWNER)).toBe(bert.objectId);

    cleo.drop();
    const tag = await replied(anna, CODE.LEFT);
    expect(await replied(bert, CODE.LEFT)).toBe(tag);
    const back = await player('Cleo');
    expect(await replied(anna, CODE.REJOIN)).toBe(tag);
    const isBack = (packet: Reader) => member(packet).id === back.objectId;
    expect(member(await anna.world.take(UPDATE, isBack)).name).toBe('Cleo');
    for (const name of ['Anna', 'Bert']) await membership(back, 1, name);

    request(bert, REQUEST.LEAVE);
    for (const one of [anna, bert, back]) await membership(one, -1, 'Bert');
    expect(await replied(anna, CODE.CHANGE_OWNER_AND_LEAVE)).toBe(anna.objectId);
    request(anna, REQUEST.BAN, back.objectId);
    expect(await replied(back, CODE.BANNED)).toBe(tag);
    for (const one of [anna, back]) await replied(one, CODE.DESTROY);
    for (const one of [anna, bert, back]) one.drop();
  });

  test('asking nobody, and rejecting, have their codes', async () => {
    const dora = await player('Dora');
    const emil = await player('Emil');
    await meet(dora, emil);
    request(dora, REQUEST.CREATE, 64_321);
    expect(await replied(dora, CODE.NOT_FOUND)).toBe(64_321);
    request(dora, REQUEST.CREATE, emil.objectId);
    await emil.world.take(ASKED);
    answer(emil, CODE.REJECT, dora.objectId);
    expect(await replied(dora, CODE.REJECT)).toBe(emil.objectId);
    emil.world.send(CHAT, new Writer().text('anyone?').done());
    const whisper = await emil.world.take(0x54a);
    expect([whisper.text(), whisper.text()]).toEqual(['SERVER', 'You are in no party.']);
    for (const one of [dora, emil]) one.drop();
  });

  test('going back to the character list keeps the place like a lost connection', async () => {
    const fred = await player('Fred');
    const gina = await player('Gina');
    await meet(fred, gina);
    await join(fred, gina, REQUEST.CREATE);
    await membership(fred, 1, 'Gina');
    gina.world.send(0x523);
    await gina.world.take(0x524);
    const tag = await replied(fred, CODE.LEFT);
    await gina.enterWorld('Gina');
    expect(await replied(fred, CODE.REJOIN)).toBe(tag);
    for (const one of [fred, gina]) one.drop();
  });

  test('in the field: wounds are shown to the members, and the experience of a kill is shared', async () => {
    const hans = await player('Hans');
    const ida = await player('Ida');
    const kurt = await player('Kurt');
    await toTheField(hans, ida, kurt);
    await meet(hans, ida, kurt);
    await join(hans, ida, REQUEST.CREATE);
    await membership(hans, 1, 'Ida');
    await Promise.all([
      walk(hans, 520_000, 489_000),
      walk(ida, 520_300, 489_000),
      walk(kurt, 520_200, 488_800),
    ]);
    const [nearest] = await mobs(hans, 4);
    await slay(hans, nearest?.id ?? 0);
    for (const one of [hans, ida]) expect((await one.world.take(F.SET_EXP)).i64()).toBe(6n);
    const shared = await ida.world.take(LEVELEXP, (packet) => packet.skip(1).u32() > 0);
    expect([shared.u8(), shared.u32()]).toEqual([1, 12]);
    // Members do not fight each other; what others do to one of them is shown to all.
    attack(hans, ida.objectId);
    attack(kurt, ida.objectId);
    const wounded = (packet: Reader) => {
      const { name, hp } = member(packet);
      return name === 'Ida' && hp > 0 && hp < 81;
    };
    await hans.world.take(UPDATE, wounded, 20_000);
    const struck = (packet: Reader) => packet.u16() === hans.objectId && packet.u16() === ida.objectId;
    expect(ida.world.inbox.some(({ type, body }) => type === F.DAMAGE && struck(new Reader(body)))).toBe(
      false,
    );
    for (const one of [hans, ida, kurt]) one.drop();
  }, 150_000);
});
