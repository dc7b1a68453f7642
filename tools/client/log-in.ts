import { createHash } from 'node:crypto';
import type { ProfileName } from '../../shared/protocol/index.ts';
import {
  CreateCharResult,
  JoinResult,
  LoginResult,
  ServerSelectResult,
} from '../../shared/protocol/packets.generated.ts';
import type { GameClient } from './game-client.ts';

/** What a player wants: which account, which character. */
export interface LogInOptions {
  readonly account: string;
  readonly password: string;
  /** Profile of the packets; it tells how many bytes a password has. */
  readonly profile: ProfileName;
  /** The character to play; the first one, or a new one of the account's name, unless given. */
  readonly character: string | null;
}

/** A login that did not come to its end, in words for the player. */
export class LogInFailed extends Error {
  override readonly name = 'LogInFailed';
}

/** What this client sends for a password: 64 bytes, its SHA-256 in hex, or 32, its MD5 in hex, where packets have no more room. */
export function passwordBytes(password: string, profile: ProfileName): string {
  return createHash(profile === 'retail' ? 'md5' : 'sha256')
    .update(password)
    .digest('hex');
}

interface CharacterEntry {
  readonly name: string;
  readonly remainSecsUntilDelete: number;
}

/**
 * Goes from a fresh connection into the world: login, channel, lobby, character, world. `open` makes the connection of each stage.
 * Stock clients keep the lobby connection open beside that of the world, and so does this one.
 * @throws LogInFailed
 */
export async function logIn(open: () => Promise<GameClient>, options: LogInOptions): Promise<GameClient> {
  const password = passwordBytes(options.password, options.profile);
  const login = await open();
  await reply(login.ask('CLI_ACCEPT_REQ', {}, 'SRV_ACCEPT_REPLY'));
  const granted = await reply(
    login.ask('CLI_LOGIN_REQ', { password, username: options.account }, 'SRV_LOGIN_REPLY'),
  );
  expectOk('login', LoginResult, granted.result);
  const channels = (await reply(login.ask('CLI_CHANNEL_LIST_REQ', { serverId: 1 }, 'SRV_CHANNEL_LIST_REPLY')))
    .channels as { id: number }[];
  const channelId = channels[0]?.id ?? 1;
  const selected = await reply(
    login.ask('CLI_SRV_SELECT_REQ', { serverId: 1, channelId }, 'SRV_SRV_SELECT_REPLY'),
  );
  expectOk('server', ServerSelectResult, selected.result);

  const lobby = await open();
  const joined = await reply(
    lobby.ask('CLI_JOIN_SERVER_REQ', { sessionId: selected.sessionId, password }, 'SRV_JOIN_SERVER_REPLY'),
  );
  expectOk('lobby', JoinResult, joined.result);
  login.end();
  const { index, name } = await chooseCharacter(lobby, options);
  const switched = await reply(
    lobby.ask('CLI_SELECT_CHAR_REQ', { charId: index, runMode: 0, rideMode: 0, name }, 'SRV_SWITCH_SERVER'),
  );

  const world = await open();
  const entered = await reply(
    world.ask('CLI_JOIN_SERVER_REQ', { sessionId: switched.sessionId, password }, 'SRV_JOIN_SERVER_REPLY'),
  );
  expectOk('world', JoinResult, entered.result);
  await reply(world.ask('CLI_CHANGE_MAP_REQ', { weightRate: 0, z: 0 }, 'SRV_CHANGE_MAP_REPLY'));
  return world;
}

async function chooseCharacter(
  lobby: GameClient,
  options: LogInOptions,
): Promise<{ index: number; name: string }> {
  const list = async () =>
    (await reply(lobby.ask('CLI_CHAR_LIST_REQ', {}, 'SRV_CHAR_LIST_REPLY'))).characters as CharacterEntry[];
  const find = (entries: readonly CharacterEntry[]) =>
    options.character === null ? 0 : entries.findIndex((entry) => entry.name === options.character);
  let entries = await list();
  if (entries[find(entries)] === undefined) {
    const name = options.character ?? options.account;
    const fields = { race: 0, stone: 0, hair: 0, face: 0, weapon: 0, zone: 0, name };
    const created = await reply(lobby.ask('CLI_CREATE_CHAR_REQ', fields, 'SRV_CREATE_CHAR_REPLY'));
    expectOk('character', CreateCharResult, created.result);
    entries = await list();
  }
  const index = find(entries);
  const entry = entries[index];
  if (entry === undefined) throw new LogInFailed('the character was made, but is not in the list');
  return { index, name: entry.name };
}

async function reply(answer: Promise<{ readonly fields: Readonly<Record<string, unknown>> } | null>) {
  const packet = await answer;
  if (packet === null) throw new LogInFailed('the server closed the connection');
  return packet.fields;
}

function expectOk(what: string, names: Readonly<Record<string, number>>, result: unknown): void {
  if (result === 0) return;
  const name = Object.entries(names).find(([, value]) => value === result)?.[0] ?? String(result);
  throw new LogInFailed(`${what} refused: ${name}`);
}
