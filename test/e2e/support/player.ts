import { createHash } from 'node:crypto';
import { Writer } from './bytes.ts';
import { LittleClient } from './little-client.ts';
import { C, S } from './packets.ts';

/** The 64 bytes that a client sends for a password. */
export const secretOf = (password: string) => createHash('sha256').update(password).digest('hex');

export interface PlayerOptions {
  readonly port: number;
  readonly account: string;
  readonly password?: string;
  readonly encrypted?: boolean;
  /** The loopback address that it comes from. @default 127.0.0.1 */
  readonly from?: string;
}

/** Plays one account through login, lobby and world, one connection for each stage as stock clients do. */
export class Player {
  readonly options: PlayerOptions;
  readonly #secret: string;
  login!: LittleClient;
  lobby!: LittleClient;
  world!: LittleClient;
  objectId = 0;
  map = 0;
  x = 0;
  y = 0;
  level = 0;
  zuly = 0n;
  bag: { slot: number; type: number; id: number; data: number }[] = [];

  constructor(options: PlayerOptions) {
    this.options = options;
    this.#secret = secretOf(options.password ?? 'secret');
  }

  connect(): Promise<LittleClient> {
    const { port, encrypted = false, from = '127.0.0.1' } = this.options;
    return LittleClient.connect(port, { encrypted, from });
  }

  /** Returns the result code of the login. */
  async logIn(): Promise<number> {
    this.login = await this.connect();
    this.login.send(C.ACCEPT);
    const accepted = await this.login.take(S.ACCEPT);
    if (accepted.u8() !== 2) throw new Error('not accepted');
    this.login.send(C.LOGIN, new Writer().fixed(this.#secret).text(this.options.account).done());
    const reply = await this.login.take(S.LOGIN);
    return reply.u8();
  }

  /** From a granted login to the lobby. */
  async enterLobby(): Promise<void> {
    this.login.send(C.CHANNELS, new Writer().u32(1).done());
    const channels = await this.login.take(S.CHANNELS);
    channels.u32();
    if (channels.u8() < 1) throw new Error('no channels');
    const channel = channels.u8();
    this.login.send(C.SELECT_SERVER, new Writer().u32(1).u8(channel).done());
    const selected = await this.login.take(S.SELECT_SERVER);
    const result = selected.u8();
    if (result !== 0) throw new Error(`server not selected: ${result}`);
    const ticket = selected.u32();
    selected.u32();
    const host = selected.text();
    const port = selected.u16();
    if (host !== '127.0.0.1' || port !== this.options.port) throw new Error(`sent to ${host}:${port}`);
    this.lobby = await this.connect();
    const joined = await this.#join(this.lobby, ticket);
    if (joined.result !== 0) throw new Error(`lobby not joined: ${joined.result}`);
  }

  async #join(client: LittleClient, ticket: number): Promise<{ result: number; id: number }> {
    client.send(C.JOIN, new Writer().u32(ticket).fixed(this.#secret).done());
    const reply = await client.take(S.JOIN);
    return { result: reply.u8(), id: reply.u32() };
  }

  async joinWith(ticket: number): Promise<number> {
    const client = await this.connect();
    const { result } = await this.#join(client, ticket);
    client.end();
    return result;
  }

  async characters(): Promise<{ name: string; race: number; level: number; deleteIn: number }[]> {
    this.lobby.send(C.CHARACTERS);
    const reply = await this.lobby.take(S.CHARACTERS);
    const count = reply.u8();
    return Array.from({ length: count }, () => {
      const name = reply.text();
      const race = reply.u8();
      const level = reply.u16();
      reply.u16();
      const deleteIn = reply.u32();
      reply.skip(1 + 4 + 4 + 32);
      return { name, race, level, deleteIn };
    });
  }

  /** Returns the result code. */
  async create(name: string, { race = 0, face = 1, hair = 2 } = {}): Promise<number> {
    this.lobby.send(C.CREATE, new Writer().u8(race).u8(0).u8(hair).u8(face).u8(0).u16(0).text(name).done());
    return (await this.lobby.take(S.CREATE)).u8();
  }

  /** From the lobby into the world with the character of that name. */
  async enterWorld(name: string): Promise<void> {
    const index = (await this.characters()).findIndex((character) => character.name === name);
    this.lobby.send(C.SELECT, new Writer().u8(index).u8(0).u8(0).text(name).done());
    const reply = await this.lobby.take(S.SWITCH);
    const port = reply.u16();
    const ticket = reply.u32();
    if (port !== this.options.port) throw new Error(`sent to port ${port}`);
    await this.joinWorld(ticket);
  }

  async joinWorld(ticket: number): Promise<void> {
    this.world = await this.connect();
    const joined = await this.#join(this.world, ticket);
    if (joined.result !== 0) throw new Error(`world not joined: ${joined.result}`);
    this.objectId = joined.id;
    const self = await this.world.take(S.SELECT_CHARACTER);
    self.u8();
    this.map = self.u16();
    this.x = self.f32();
    this.y = self.f32();
    const inventory = await this.world.take(S.INVENTORY);
    this.zuly = inventory.i64();
    this.bag = Array.from({ length: 140 }, (_, slot) => {
      const header = inventory.u16();
      return { slot, type: header & 31, id: (header >> 5) & 1023, data: inventory.u32() };
    }).filter((item) => item.type !== 0);
    await this.world.take(S.QUESTS);
    await this.world.take(S.BILLING);
    this.world.send(C.CHANGE_MAP, new Writer().u8(0).u16(0).done());
    const changed = await this.world.take(S.CHANGE_MAP);
    if (changed.u16() !== this.objectId) throw new Error('the map knows another object id');
  }

  /** Login to world in one go, making the character when it does not exist. */
  async play(name: string): Promise<this> {
    const result = await this.logIn();
    if (result !== 0) throw new Error(`login refused: ${result}`);
    await this.enterLobby();
    if (!(await this.characters()).some((character) => character.name === name)) {
      const created = await this.create(name);
      if (created !== 0) throw new Error(`character not created: ${created}`);
    }
    await this.enterWorld(name);
    return this;
  }

  walkTo(x: number, y: number): void {
    this.world.send(C.MOUSE, new Writer().u16(0).f32(x).f32(y).u16(0).done());
  }

  say(text: string): void {
    this.world.send(C.CHAT, new Writer().text(text).done());
  }

  async logOut(): Promise<number> {
    this.world.send(C.LOGOUT);
    const wait = (await this.world.take(S.LOGOUT)).u16();
    await this.world.ended();
    this.lobby.end();
    this.login.end();
    return wait;
  }

  drop(): void {
    for (const client of [this.login, this.lobby, this.world]) client?.destroy();
  }
}

/** Waits until all have been shown each other: no client acts on somebody whom it does not see yet. */
export async function meet(...players: readonly Player[]): Promise<void> {
  const pairs = players.flatMap((one) =>
    players.filter((other) => other !== one).map((other) => [one, other] as const),
  );
  await Promise.all(
    pairs.map(([one, other]) => one.world.see(S.PLAYER, (reader) => reader.u16() === other.objectId)),
  );
}
