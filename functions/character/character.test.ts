import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FamilyUnderTest, testFamily } from '../../shared/kit/testing/index.ts';
import { CreateCharResult, JoinResult } from '../../shared/protocol/packets.generated.ts';
import type { PositionSection, VitalsSection } from '../../shared/sections/index.ts';
import { readAuthSettings } from '../../shared/services/builtin/index.ts';
import type { AuthService } from '../../shared/services/index.ts';
import { coreKey, granted, openStore, sectionValue } from '../../shared/store/index.ts';
import { accountService, authService, characterService } from '../../test/support/services.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { family } from './family.ts';
import type { CharacterFamilySection } from './sections.ts';
import type { CharacterServices } from './services.ts';

type Client = FamilyUnderTest<CharacterFamilySection, CharacterServices>;

const SECRET = Buffer.from(createHash('sha256').update('correct').digest('hex')).toString('hex');
const DAY = 24 * 60 * 60 * 1000;
const REFUSED = 0xffff_ffff;

const engine = useTestEngine();
let services: CharacterServices;
/** What the auth family has. */
let auth: AuthService;
let count = 0;
let now = Date.now();
let lobby: Client;

beforeAll(async () => {
  auth = authService(engine.store, readAuthSettings({}));
  const store = granted(engine.store, family.manifest.tables);
  services = {
    characters: characterService(store),
    auth: authService(store, readAuthSettings({})),
  };
});
beforeEach(async () => {
  now = Date.now();
  lobby = await inLobby();
});

/** A connection in the lobby of an account of its own, with a real session. */
async function inLobby(): Promise<Client> {
  count += 1;
  const account = `player${count}`;
  const id = `c-${count}`;
  await accountService(engine.store).add({ name: account, password: 'correct', right: 1, now });
  const call = { account, secret: SECRET, address: '127.0.0.1', connectionId: id, now, step: id };
  const outcome = await auth.login(call);
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  const { userId, sessionId } = outcome.session;
  return testFamily(family, {
    id,
    stage: 'lobby',
    userId,
    sessionId,
    services,
    now,
    public: { host: '203.0.113.7', port: 29_000 },
    sections: { session: { account, right: 1, serverId: 1, channelId: 1, ticket: 7_000 + count } },
  });
}

function create(client: Client, name: string, over: { race?: number; hair?: number; face?: number } = {}) {
  return client.packet('CLI_CREATE_CHAR_REQ', {
    race: 0,
    stone: 9,
    hair: 1,
    face: 2,
    weapon: 9,
    zone: 9,
    name,
    ...over,
  });
}

function freshName(): string {
  count += 1;
  return `Hero${count}`;
}

async function created(client: Client, name = freshName()): Promise<string> {
  const result = await create(client, name);
  if (result.reply('SRV_CREATE_CHAR_REPLY').result !== CreateCharResult.OK) throw new Error('not created');
  return name;
}

async function listed(client: Client) {
  return (await client.packet('CLI_CHAR_LIST_REQ', {})).reply('SRV_CHAR_LIST_REPLY').characters;
}

describe('the list', () => {
  test('is empty at first, then shows what was made, in order, with what is worn', async () => {
    expect(await listed(lobby)).toEqual([]);
    const names = [await created(lobby), await created(lobby)];
    const list = await listed(lobby);
    expect(list.map((line) => line.name)).toEqual(names);
    expect(list[0]).toMatchObject({ race: 0, level: 1, job: 0, face: 2, hair: 1, remainSecsUntilDelete: 0 });
    const worn = list[0]?.items.map((item) => item.id) ?? [];
    // Helmet, armour, gauntlet, boots, goggles, backpack, right hand, left hand.
    expect(worn).toEqual([0, 1, 1, 1, 0, 0, 1, 0]);
    expect(lobby.connection.characters.map(({ name }) => name)).toEqual(names);
  });
});

describe('creation', () => {
  test.each([
    ['a race that is not there', { race: 2 }, CreateCharResult.INVALID_VALUE],
    ['hair that is not there', { hair: 16 }, CreateCharResult.INVALID_VALUE],
    ['a face that is not there', { face: 16 }, CreateCharResult.INVALID_VALUE],
  ])('%s is an invalid value', async (_what, over, code) => {
    const result = await create(lobby, `Hero${count}`, over);
    expect(result.reply('SRV_CREATE_CHAR_REPLY').result).toBe(code);
    expect(result.refused).toBe('invalid_value');
  });

  test('names have codes: invalid, blocked, taken; and five are enough', async () => {
    const code = async (name: string, client = lobby) =>
      (await create(client, name)).reply('SRV_CREATE_CHAR_REPLY').result;
    expect(await code('X')).toBe(CreateCharResult.INVALID_VALUE);
    expect(await code('Server')).toBe(CreateCharResult.BLOCKED);
    const taken = await created(lobby);
    expect(await code(taken.toLowerCase(), await inLobby())).toBe(CreateCharResult.NAME_TAKEN);
    for (let n = 1; n < 5; n += 1) await created(lobby);
    expect(await code(freshName())).toBe(CreateCharResult.TOO_MANY_CHARS);
  });

  test('bytes that are no text are no name', async () => {
    const fields = { race: 0, stone: 0, hair: 0, face: 0, weapon: 0, zone: 0, name: { $hex: 'fffe41' } };
    const result = await lobby.packet('CLI_CREATE_CHAR_REQ', fields);
    expect(result.reply('SRV_CREATE_CHAR_REPLY').result).toBe(CreateCharResult.INVALID_VALUE);
  });

  test('a new character can be chosen without asking for the list again', async () => {
    const name = await created(lobby);
    const result = await lobby.packet('CLI_SELECT_CHAR_REQ', { charId: 0, runMode: 0, rideMode: 0, name });
    expect(result.names).toEqual(['SRV_SWITCH_SERVER']);
  });
});

describe('deletion', () => {
  const remove = (charId: number, isDelete: number, name: string) =>
    lobby.packet('CLI_DELETE_CHAR_REQ', { charId, isDelete, name });

  test('takes a day, shows in the list, forbids playing, and can be taken back', async () => {
    const name = await created(lobby);
    expect((await remove(0, 1, name)).reply('SRV_DELETE_CHAR_REPLY')).toEqual({
      remainingTime: 86_400,
      name,
    });
    expect((await listed(lobby))[0]?.remainSecsUntilDelete).toBe(86_400);
    const select = { charId: 0, runMode: 0, rideMode: 0, name };
    expect((await lobby.packet('CLI_SELECT_CHAR_REQ', select)).refused).toBe('being_deleted');
    expect((await remove(0, 0, name)).reply('SRV_DELETE_CHAR_REPLY')).toEqual({ remainingTime: 0, name });
    expect((await lobby.packet('CLI_SELECT_CHAR_REQ', select)).names).toEqual(['SRV_SWITCH_SERVER']);
  });

  test('after the day the character is gone and its name is free', async () => {
    const name = await created(lobby);
    await remove(0, 1, name);
    lobby.now += DAY;
    expect(await listed(lobby)).toEqual([]);
    expect(await created(lobby, name)).toBe(name);
  });

  test('wrong places and wrong names are refused', async () => {
    const name = await created(lobby);
    for (const result of [
      await remove(1, 1, name),
      await remove(0, 1, 'Other'),
      await remove(255, 0, name),
    ]) {
      expect(result.reply('SRV_DELETE_CHAR_REPLY').remainingTime).toBe(REFUSED);
      expect(result.refused).toBe('unknown_character');
    }
    expect((await listed(lobby))[0]?.remainSecsUntilDelete).toBe(0);
  });
});

describe('selection', () => {
  test('sends the client on with a ticket to the world for this character', async () => {
    const name = await created(lobby);
    const result = await lobby.packet('CLI_SELECT_CHAR_REQ', { charId: 0, runMode: 0, rideMode: 0, name });
    const reply = result.reply('SRV_SWITCH_SERVER');
    expect(reply).toMatchObject({ port: 29_000, ip: '203.0.113.7', sessionSeed: 0 });
    const joined = await auth.join({
      ticket: reply.sessionId,
      secret: { kind: 'password', value: SECRET },
      address: '127.0.0.1',
      connectionId: 'world',
      userId: null,
      now,
      step: `join-${count}`,
    });
    const characterId = lobby.connection.characters[0]?.id;
    expect(joined).toMatchObject({ code: 'ok', target: { stage: 'world', characterId } });
  });

  test.each([
    [1, 'right'],
    [0, 'wrong'],
  ])('place %i with the %s name is refused', async (charId, which) => {
    const name = await created(lobby);
    const asked = which === 'right' ? name : `${name}x`;
    const result = await lobby.packet('CLI_SELECT_CHAR_REQ', {
      charId,
      runMode: 0,
      rideMode: 0,
      name: asked,
    });
    expect(result.refused).toBe('unknown_character');
    expect(result.names).toEqual([]);
  });

  test('nobody is sent on whose session was replaced', async () => {
    const name = await created(lobby);
    await accountService(engine.store).setBanned({
      name: lobby.sections.session?.account ?? '',
      banned: true,
    });
    const result = await lobby.packet('CLI_SELECT_CHAR_REQ', { charId: 0, runMode: 0, rideMode: 0, name });
    expect(result.refused).toBe('session_gone');
    expect(result.close).toEqual({ reason: 'kicked' });
  });
});

test('while the database is away everything that has a code says so, and no list looks empty', async () => {
  const store = openStore(
    { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' },
    { patience: { within: 20, first: 5, longest: 10 } },
  );
  const characters = [{ id: 'a', name: 'Hero' }];
  const away = {
    characters: characterService(store),
    auth: authService(store, readAuthSettings({})),
  };
  const start = { stage: 'lobby', userId: 'someone', sessionId: 'session', characters, services: away, now };
  const client = testFamily(family, start);
  const list = await client.packet('CLI_CHAR_LIST_REQ', {});
  expect([list.names, list.refused]).toEqual([[], 'service_down']);
  const made = await create(client, 'Another');
  expect(made.reply('SRV_CREATE_CHAR_REPLY').result).toBe(CreateCharResult.FAILED);
  const removed = await client.packet('CLI_DELETE_CHAR_REQ', { charId: 0, isDelete: 1, name: 'Hero' });
  expect(removed.reply('SRV_DELETE_CHAR_REPLY').remainingTime).toBe(REFUSED);
  const select = { charId: 0, runMode: 0, rideMode: 0, name: 'Hero' };
  expect((await client.packet('CLI_SELECT_CHAR_REQ', select)).refused).toBe('service_down');
  expect(client.lines.filter((line) => JSON.stringify(line).includes('service down'))).toHaveLength(4);
  store.close();
});

/** The lobby's connection as it is after the ingress took its new character over and movement placed it. */
async function inWorld(): Promise<Client> {
  const name = await created(lobby);
  const outcome = await services.characters.list({ userId: lobby.connection.userId ?? '', now });
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  const [summary] = outcome.characters;
  if (summary === undefined) throw new Error(`${name} is not listed`);
  const core = await engine.store.get('characters', coreKey(summary.id));
  const vitals = (core === null ? null : sectionValue(core, 'vitals')) as VitalsSection | null;
  const position: PositionSection = {
    map: 20,
    x: 520_010,
    y: 520_020,
    speed: 433,
    start: now,
    gait: 'run',
    targetId: 0,
  };
  lobby.connection.stage = 'world';
  lobby.connection.characterId = summary.id;
  Object.assign(lobby.connection.sections, {
    character: summary.character,
    vitals,
    inventory: summary.inventory,
    position,
    presence: { objectId: 4711, map: 20, visible: false, cell: '208,208' },
  });
  return lobby;
}

describe('world entry', () => {
  test('answers the join, then tells all that the client needs, in this order', async () => {
    const client = await inWorld();
    const result = await client.signal('character.enter', { objectId: 4711 });
    expect(result.names).toEqual([
      'SRV_JOIN_SERVER_REPLY',
      'SRV_SELECT_CHAR_REPLY',
      'SRV_INVENTORY_DATA',
      'SRV_QUEST_DATA',
      'SRV_BILLING_MESSAGE',
    ]);
    expect(result.reply('SRV_JOIN_SERVER_REPLY')).toEqual({ result: JoinResult.OK, id: 4711, payFlag: 0 });
    const self = result.reply('SRV_SELECT_CHAR_REPLY');
    expect(self).toMatchObject({
      map: 20,
      x: 520_010,
      y: 520_020,
      hp: 81,
      mp: 55,
      level: 1,
      str: 10,
      sense: 10,
      face: 2,
      hair: 1,
    });
    expect(self.name).toBe(client.sections.character?.name);
    // Inventory slots 1 to 8.
    expect(self.equippedItems.map((item) => item.id)).toEqual([0, 0, 1, 0, 1, 1, 1, 0]);
    const inventory = result.reply('SRV_INVENTORY_DATA');
    expect(inventory.zuly).toBe('1000');
    expect(inventory.items).toHaveLength(140);
    expect(inventory.items[7]?.header).toMatchObject({ type: 8, id: 1 });
    expect(inventory.items[13]).toMatchObject({ header: { type: 10, id: 1 }, data: { count: 10 } });
    expect(result.reply('SRV_BILLING_MESSAGE')).toEqual({ functionType: 0x1001, payFlag: 2 });
    // Nothing changed, so nothing is written.
    expect(result.raw.state?.sections).toBeUndefined();
  });

  test('copies the right of the account', async () => {
    const client = await inWorld();
    client.connection.sections.session = { account: 'gm', right: 256, serverId: 1, channelId: 1 };
    await client.signal('character.enter', { objectId: 4711 });
    expect(client.sections.character?.right).toBe(256);
  });

  test('a character without its parts is refused and the connection closed', async () => {
    const client = await inWorld();
    delete client.connection.sections.inventory;
    const result = await client.signal('character.enter', { objectId: 4711 });
    expect(result.reply('SRV_JOIN_SERVER_REPLY').result).toBe(JoinResult.FAILED);
    expect(result.close).toBeDefined();
  });

  test('a loaded map is answered, and movement shows the world', async () => {
    const result = await (await inWorld()).packet('CLI_CHANGE_MAP_REQ', { weightRate: 0, z: 0 });
    expect(result.reply('SRV_CHANGE_MAP_REPLY')).toMatchObject({ objectIndex: 4711, hp: 81, mp: 55, xp: 0 });
    expect(result.signal('movement.enter').to).toBe('self');
  });
});

describe('back to the lobby', () => {
  test('the character leaves the world first; the answer comes with its release', async () => {
    const client = await inWorld();
    const asked = await client.packet('CLI_CHANGE_CHAR_REQ', {});
    expect(asked.names).toEqual([]);
    const order = ['trade.stop', 'shop.stop', 'movement.leave', 'character.left'];
    expect(asked.signals.map((signal) => signal.name)).toEqual(order);
    const answered = await client.signal('character.left', {});
    expect(answered.names).toEqual(['SRV_CHAN_CHAR_REPLY']);
    expect(client.connection).toMatchObject({ stage: 'lobby', characterId: null });
    expect(await listed(client)).toHaveLength(1);
  });

  test('the number by which the client joined leads to the lobby again', async () => {
    const client = await inWorld();
    await client.signal('character.left', {});
    const joined = await auth.join({
      ticket: client.sections.session?.ticket ?? 0,
      secret: { kind: 'password', value: SECRET },
      address: '127.0.0.1',
      connectionId: 'again',
      userId: null,
      now,
      step: `again-${count}`,
    });
    const { userId } = client.connection;
    const target = { stage: 'lobby', serverId: 1, channelId: 1 };
    expect(joined).toMatchObject({ code: 'ok', session: { userId }, target });
  });
});

describe('what a character is made of', () => {
  test('hp: the own at once, others by asking them', async () => {
    const client = await inWorld();
    const own = await client.packet('CLI_HP_REQ', { targetId: 4711 });
    expect(own.reply('SRV_HP_REPLY')).toEqual({ id: 4711, hp: 81 });
    const other = await client.packet('CLI_HP_REQ', { targetId: 5000 });
    expect(other.signal('character.hp-asked').to).toBe('object/20/5000');
    const answer = await client.signal('character.hp-asked', {}, { connection: 'c-other' });
    expect(answer.delivered('SRV_HP_REPLY')).toEqual({ id: 4711, hp: 81 });
    expect(answer.deliveries[0]?.to).toBe('connection/c-other');
    expect((await client.packet('CLI_HP_REQ', { targetId: 0 })).refused).toBe('no_target');
  });

  test('a stat costs a fifth of its value in points, and stops at 300', async () => {
    const client = await inWorld();
    const character = client.sections.character;
    if (character === undefined) throw new Error('no character');
    const withPoints = (statPoints: number, str: number) => {
      client.connection.sections.character = { ...character, statPoints, stats: { ...character.stats, str } };
      return client.packet('CLI_STAT_ADD_REQ', { stat: 0 });
    };
    expect((await withPoints(1, 10)).refused).toBe('no_points');
    const added = await withPoints(2, 10);
    expect(added.reply('SRV_STAT_ADD_REPLY')).toEqual({ stat: 0, value: 11 });
    expect(client.sections.character).toMatchObject({ statPoints: 0, stats: { str: 11, dex: 10 } });
    expect((await withPoints(1000, 300)).refused).toBe('stat_at_most');
    expect((await client.packet('CLI_STAT_ADD_REQ', { stat: 6 })).refused).toBe('bad_stat');
  });

  test('a place to come back to life is where the character stands', async () => {
    const client = await inWorld();
    await client.packet('CLI_REVIVE_SET_POS', {});
    expect(client.sections.character?.revive).toEqual({ map: 20, x: 520_010, y: 520_020 });
  });
});
