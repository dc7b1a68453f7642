import { setTimeout as sleep } from 'node:timers/promises';
import { type Reader, Writer } from '../support/bytes.ts';
import { Belongings, I, type Lying, O, readLying } from '../support/inventory.ts';
import { S } from '../support/packets.ts';
import { Player } from '../support/player.ts';

const T = { TRADE: 0x597, ITEM: 0x599, ANSWER: 0x598, STORE: 0x569 } as const;
export const TRADE = { REQUEST: 0, ACCEPT: 1, REJECT: 2, CANCEL: 3, READY: 4, NOTREADY: 5, DONE: 6 } as const;
const POTION = 10;

/** A player that comes back however often it is thrown out, and knows what it owns and what lies around. */
export class Trader {
  readonly name: string;
  readonly #port: () => number;
  #player: Player | undefined;
  #own: Belongings | undefined;
  readonly lying = new Map<number, Lying>();
  /** Packets sent, by what they were for. */
  readonly sent: Record<string, number> = {};
  logins = 0;

  constructor(name: string, port: () => number) {
    this.name = name;
    this.#port = port;
  }

  get objectId(): number {
    return this.#player?.objectId ?? 0;
  }

  get connected(): boolean {
    return this.#player !== undefined && !this.#player.world.closed;
  }

  /** In the world, whatever it takes; gives up after two minutes. */
  async present(): Promise<Player> {
    const until = Date.now() + 120_000;
    let problem: unknown;
    while (Date.now() < until) {
      if (this.#player !== undefined && !this.#player.world.closed) return this.#player;
      this.leave();
      const player = new Player({ port: this.#port(), account: `acc${this.name}` });
      try {
        await player.play(this.name);
        this.#player = player;
        this.#own = new Belongings(player);
        this.lying.clear();
        this.logins += 1;
        // All trade near the herbalist of the town.
        player.walkTo(519_700 + (this.logins % 5) * 20, 518_800);
        return player;
      } catch (error) {
        problem = error;
        for (const client of [player.login, player.lobby, player.world]) client?.destroy();
        await sleep(150 + Math.floor(Math.random() * 200));
      }
    }
    throw new Error(`${this.name} cannot get in: ${String(problem)}`);
  }

  /** Cuts all connections without a word. */
  leave(): void {
    this.#player?.drop();
    this.#player = undefined;
  }

  /** What it owns by now, and what it sees lying around. */
  look(): Belongings {
    const world = this.#player?.world;
    if (world === undefined || this.#own === undefined) return new Belongings({ zuly: 0n, bag: [] });
    for (const { type, reader } of world.takeAll([O.LYING, S.REMOVE])) {
      if (type === S.REMOVE) this.lying.delete(reader.u16());
      else {
        const one = readLying(reader);
        this.lying.set(one.objectId, one);
      }
    }
    return this.#own.update(world);
  }

  /** Sends a packet, if it is connected; `what` it was for. */
  send(what: string, type: number, body: Buffer): void {
    this.sent[what] = (this.sent[what] ?? 0) + 1;
    if (this.connected) this.#player?.world.send(type, body);
  }

  /** A bag slot that is filled, by any number; undefined when all are empty. */
  slot(any: number): number | undefined {
    const slots = [...this.look().slots.keys()].filter((slot) => slot >= 12 && slot <= 131);
    return slots[any % Math.max(1, slots.length)];
  }

  drop(any: number): void {
    const own = this.look();
    if (any % 3 === 0) {
      const amount = 1 + (any % 200);
      this.send('drop', I.DROP, new Writer().u8(0).u32(amount).done());
      return;
    }
    const slot = this.slot(any);
    if (slot === undefined) return;
    const item = own.slots.get(slot);
    const count = item?.type === POTION ? 1 + (any % item.data) : 1;
    this.send('drop', I.DROP, new Writer().u8(slot).u32(count).done());
  }

  /** Picks up something in sight. */
  pick(any: number): void {
    this.look();
    const ids = [...this.lying.keys()];
    const id = ids[any % Math.max(1, ids.length)];
    if (id !== undefined) this.send('pick', I.PICK, new Writer().u16(id).done());
  }

  bankMoney(any: number): void {
    const mode = any % 2 === 0 ? 16 : 17;
    this.send(
      'bank',
      I.BANK_MONEY,
      new Writer()
        .u8(mode)
        .i64(BigInt(1 + (any % 300)))
        .done(),
    );
  }

  bankItem(any: number): void {
    const own = this.look();
    const slot = this.slot(any);
    if (any % 2 === 0 && slot !== undefined) {
      const item = own.slots.get(slot);
      if (item === undefined) return;
      const count = item.type === POTION ? 1 + (any % item.data) : item.data;
      this.send(
        'bank',
        I.BANK_ITEM,
        new Writer()
          .u8(16)
          .u8(slot)
          .u16(item.type | (item.id << 5))
          .u32(count)
          .u8(0)
          .done(),
      );
      return;
    }
    // Back out: potions lie in one of the first slots, if any do.
    this.send(
      'bank',
      I.BANK_ITEM,
      new Writer()
        .u8(17)
        .u8(any % 4)
        .u16(POTION | (1 << 5))
        .u32(1)
        .u8(0)
        .done(),
    );
  }

  equip(any: number): void {
    const [to, from] = any % 2 === 0 ? [7, 0] : [7, this.slot(any) ?? 12];
    this.send('equip', I.EQUIP, new Writer().i16(to).i16(from).done());
  }

  use(any: number): void {
    const slot = this.slot(any);
    if (slot !== undefined) this.send('use', I.USE, new Writer().u16(slot).u16(0).done());
  }

  /** Buys a few potions of the herbalist, or sells her something: the ways by which things and money come and go. */
  store(any: number): void {
    const HERBALIST = 3;
    const head = new Writer().u16(HERBALIST);
    if (any % 2 === 0) {
      // Tab 0, column 0: small red potions.
      this.send(
        'store',
        T.STORE,
        head
          .u8(1)
          .u8(0)
          .u32(0)
          .u32((1 + (any % 3)) << 16)
          .done(),
      );
      return;
    }
    const slot = this.slot(any);
    if (slot !== undefined)
      this.send(
        'store',
        T.STORE,
        head
          .u8(0)
          .u8(1)
          .u32(0)
          .u32(slot | (1 << 8))
          .done(),
      );
  }

  trade(state: number, target: number): void {
    this.send('trade', T.TRADE, new Writer().u8(state).u16(target).u8(0).done());
  }

  /** Offers money (slot 10) or something of a bag slot. */
  offer(place: number, index: number, amount: number): void {
    this.send('offer', T.ITEM, new Writer().u8(place).u16(index).u32(amount).done());
  }

  /** Waits for a step of the partner or the service; the state, or undefined when it does not come in time. */
  async heard(states: readonly number[], patience: number): Promise<number | undefined> {
    return (await this.told(T.ANSWER, (one) => states.includes(one.u8()), patience))?.u8();
  }

  /** Waits for a packet; undefined when it does not come in time. */
  async told(type: number, fits: (one: Reader) => boolean, patience: number): Promise<Reader | undefined> {
    try {
      return await this.#player?.world.take(type, fits, patience);
    } catch {
      return undefined;
    }
  }

  /** Forgets what it was told by packets of these types so far: by default, what was said in trades. */
  forget(types: readonly number[] = [T.ANSWER]): void {
    this.#player?.world.takeAll(types);
  }

  /** Money that it believes to have. */
  get zuly(): bigint {
    return this.look().zuly;
  }
}
