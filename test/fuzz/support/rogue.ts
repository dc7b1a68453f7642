import { setTimeout as sleep } from 'node:timers/promises';
import { Writer } from '../../e2e/support/bytes.ts';
import { LittleClient } from '../../e2e/support/little-client.ts';
import { C, S } from '../../e2e/support/packets.ts';
import { Player } from '../../e2e/support/player.ts';
import type { Dice } from './dice.ts';
import type { Facts } from './facts.ts';
import { gambit } from './gambits.ts';
import type { Bench, ClientPacket, Frame } from './packets.ts';

const STAGES = ['login', 'lobby', 'world'] as const;
type Stage = (typeof STAGES)[number];

/** How likely a packet is sent, where that is not 1: what costs half a second of everybody's time, or ends the game. */
const WEIGHTS: Readonly<Record<string, number>> = {
  CLI_LOGIN_REQ: 0.2,
  CLI_LOGOUT_REQ: 0.05,
  CLI_CHANGE_CHAR_REQ: 0.1,
};
/** Whoever talks too much is muted, and commands are talk. */
const weightOf = (packet: string): number => WEIGHTS[packet] ?? (packet.endsWith('_CHAT') ? 0.15 : 1);
/** Of the packets so many are not allowed in their stage, or nobody's. */
const MISPLACED = 0.04;

let addresses = 0;

/** Each time another loopback address: guesses of hand-over tickets are limited by address. */
function address(): string {
  addresses += 1;
  return `127.1.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** What was sent so far. */
export interface Sent {
  /** Frames that the wire must let through. */
  valid: number;
  /** Of these, frames on their way to a connection when it was closed: they may never have been read. */
  lost: number;
  /** Frames for which the wire must close. */
  nonfinite: number;
}

/** A player who sends anything, in every stage, and comes again when thrown out. */
export class Rogue {
  readonly name: string;
  readonly sent: Sent = { valid: 0, lost: 0, nonfinite: 0 };
  readonly #port: number;
  readonly #bench: Bench;
  readonly #dice: Dice;
  readonly #facts: Facts;
  #player: Player | undefined;
  #stranger: LittleClient | undefined;
  /** Times that it had to log in anew. */
  returns = -1;

  constructor(name: string, port: number, bench: Bench, dice: Dice, facts: Facts) {
    this.name = name;
    this.#port = port;
    this.#bench = bench;
    this.#dice = dice;
    this.#facts = facts;
  }

  /** Logs in, also after anything that it did to itself before. */
  async enter(): Promise<Player> {
    this.leave();
    this.returns += 1;
    const player = new Player({ port: this.#port, account: this.name, from: address() });
    const granted = await player.logIn();
    if (granted !== 0) throw new Error(`${this.name} cannot log in: ${granted}`);
    await player.enterLobby();
    const characters = await player.characters();
    const own = characters.findIndex(({ name }) => name === this.name);
    if (own < 0) {
      const created = await player.create(this.name);
      if (created !== 0) throw new Error(`${this.name} cannot be created: ${created}`);
    } else if ((characters[own]?.deleteIn ?? 0) > 0) {
      player.lobby.send(C.DELETE, new Writer().u8(own).u8(0).text(this.name).done());
      await player.lobby.take(S.DELETE);
    }
    await player.enterWorld(this.name);
    this.#player = player;
    this.#facts.see(player.objectId);
    this.#facts.places.push({ x: player.x, y: player.y });
    if (this.#facts.places.length > 24) this.#facts.places.shift();
    for (const { type, id } of player.bag) {
      const header = type | (id << 5);
      if (!this.#facts.headers.includes(header)) this.#facts.headers.push(header);
    }
    return player;
  }

  leave(): void {
    this.#player?.drop();
    this.#stranger?.destroy();
    this.#player = undefined;
    this.#stranger = undefined;
  }

  /** Legal play with somebody else, perhaps broken off: what it leaves is what the next packets fall into. */
  async scheme(partner: Rogue): Promise<void> {
    const [one, other] = [this.#player, partner.#player];
    if (one === undefined || other === undefined || one.world.closed || other.world.closed) return;
    for (const { by, packet, fields } of gambit(one, other, this.#dice, this.#facts.ids)) {
      const rogue = by === 'one' ? this : partner;
      const { world } = by === 'one' ? one : other;
      rogue.#send(world, [this.#bench.exact(packet, fields)]);
      if (this.#dice.chance(0.7)) await sleep(4);
    }
  }

  #send(client: LittleClient, frames: readonly Buffer[]): void {
    this.sent.valid += frames.length;
    this.#sentTo.push({ client, frames: frames.length });
    // In one write, or each in its own.
    if (this.#dice.chance(0.5)) client.raw(Buffer.concat(frames));
    else for (const bytes of frames) client.raw(bytes);
  }

  /** Some packets into one of its connections. */
  async burst(): Promise<void> {
    const dice = this.#dice;
    const stage: Stage = dice.chance(0.82) ? 'world' : dice.pick(STAGES);
    const client = await this.#client(stage);
    const frames = Array.from({ length: 1 + dice.below(12) }, () => this.#frame(stage));
    const until = frames.findIndex(({ nonfinite }) => nonfinite);
    const read = until < 0 ? frames : frames.slice(0, until);
    if (read.length > 0)
      this.#send(
        client,
        read.map(({ bytes }) => bytes),
      );
    if (read.length === frames.length) return;
    this.sent.nonfinite += 1;
    for (const { bytes } of frames.slice(until)) client.raw(bytes);
  }

  #sentTo: { readonly client: LittleClient; readonly frames: number }[] = [];

  /** After a while: what became of the bursts, and what is to be learnt from the answers. */
  settle(): void {
    for (const { client, frames } of this.#sentTo) if (client.closed) this.sent.lost += frames;
    this.#sentTo = [];
    for (const client of [this.#player?.world, this.#player?.lobby, this.#player?.login]) {
      for (const { type, body } of client?.inbox ?? []) {
        const id = type >= 0x540 && type < 0x5c0 && body.length > 4 ? body.readUInt16LE(0) : 0;
        if (id >= 1024) this.#facts.see(id);
        if (type === S.MOUSE && id === this.#player?.objectId && body.length >= 14) {
          this.#player.x = body.readFloatLE(6);
          this.#player.y = body.readFloatLE(10);
        }
      }
      client?.inbox.splice(0);
    }
  }

  async #client(stage: Stage): Promise<LittleClient> {
    if (stage === 'login') {
      if (this.#stranger === undefined || this.#stranger.closed || this.#dice.chance(0.2)) {
        this.#stranger?.end();
        this.#stranger = await LittleClient.connect(this.#port, { from: address() });
        this.#stranger.send(C.ACCEPT);
        await this.#stranger.take(S.ACCEPT);
      }
      return this.#stranger;
    }
    const player = this.#player;
    if (player === undefined || player.world.closed || player.lobby.closed) {
      await this.enter();
      return this.#client(stage);
    }
    return stage === 'world' ? player.world : player.lobby;
  }

  #frame(stage: Stage): Frame {
    const dice = this.#dice;
    const { packets } = this.#bench;
    const misplaced = dice.chance(MISPLACED);
    for (;;) {
      const packet: ClientPacket = dice.pick(packets);
      const fits = packet.stages.includes(stage);
      if (fits === misplaced || !dice.chance(weightOf(packet.name))) continue;
      return this.#bench.frame(packet, dice, this.#facts, this.#player ?? { x: 520_000, y: 520_000 });
    }
  }
}
