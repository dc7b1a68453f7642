import { setTimeout as sleep } from 'node:timers/promises';
import { createParties } from '../../../functions/party/store/parties.ts';
import type { Party } from '../../../shared/sections/index.ts';
import { createCharacterService } from '../../../shared/services/builtin/index.ts';
import type { Store } from '../../../shared/store/index.ts';
import { regionAt } from '../../../shared/world/regions.ts';
import { Writer } from '../support/bytes.ts';
import { I, O, readItem } from '../support/inventory.ts';
import type { Trader } from './trader.ts';

const P = {
  REQUEST: 0x5a9,
  ASKED: 0x5aa,
  REPLY: 0x5ab,
  REPLIED: 0x5ac,
  MEMBER: 0x5ad,
  LEVELEXP: 0x5af,
  UPDATE: 0x5b0,
  RULE: 0x5b2,
  RULED: 0x5b3,
} as const;
const CREATE = 0;
const ACCEPT_CREATE = 2;
const IN_ORDER = 0x80;
const RULE = new Writer().u8(IN_ORDER).done();
/** Where all trade. */
const SPOT = { map: 20, x: 519_740, y: 518_800 };
/** What lies there: nothing that players begin with or that the herbalist sells. */
const KIND = { type: 12, id: 11 };
const STEP = 700;

/** Loot of parties that take things in order: as a killed monster leaves it, for the party of the killer. */
export class Loot {
  readonly #service: ReturnType<typeof createCharacterService>;
  readonly #parties: ReturnType<typeof createParties>;
  readonly #ids = new Map<string, string>();
  /** Things left for parties, taken by one that was told so, and those of them that went to the other, whose turn it was. */
  left = 0;
  taken = 0;
  inTurn = 0;

  constructor(store: Store) {
    this.#service = createCharacterService(store);
    this.#parties = createParties(store);
  }

  /** Makes a party of the two if they are in none, and has one of them, or both at once, pick up something that was left for it. */
  async share(one: Trader, other: Trader, any: number): Promise<void> {
    for (const trader of [one, other]) trader.forget(Object.values(P));
    const ownerId = await this.#idOf(one);
    if (ownerId === undefined) return;
    const party = (await this.#partyOf(ownerId)) ?? (await this.#form(one, other, ownerId));
    if (party === undefined) return;
    // Its owner, whoever that is by now, may have been thrown out before this was said.
    if (party.rule !== IN_ORDER) for (const trader of [one, other]) trader.send('party', P.RULE, RULE);
    await this.#leave(one, ownerId, party.id, any);
    // The region looks at its rows when something is dropped: a coin.
    one.send('drop', I.DROP, new Writer().u8(0).u32(1).done());

    const taker = any % 3 === 0 ? one : other;
    const objectId = await sight(taker, one.objectId);
    if (objectId === undefined) return;
    taker.forget([O.PICKED]);
    const wish = new Writer().u16(objectId).done();
    taker.send('loot', I.PICK, wish);
    if (any % 5 === 0) (taker === one ? other : one).send('loot', I.PICK, wish);
    // The one whose turn it may be has gone, in the very moment.
    if (any % 23 === 0) (taker === one ? other : one).leave();
    const reply = await taker.told(O.PICKED, (packet) => packet.u16() === objectId, STEP);
    if (reply === undefined || reply.skip(2).u8() !== 0) return;
    this.taken += 1;
    // Without an item: it is in another bag.
    reply.skip(2);
    if (readItem(reply).type === 0) this.inTurn += 1;
  }

  async #idOf({ name }: Trader): Promise<string | undefined> {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const found = await this.#service.findByName({ name, now: Date.now() });
    if (found.code !== 'ok') return undefined;
    this.#ids.set(name, found.id);
    return found.id;
  }

  async #partyOf(characterId: string): Promise<Party | undefined> {
    const read = await this.#parties.of({ characterId, now: Date.now() });
    return read.code === 'ok' ? (read.party ?? undefined) : undefined;
  }

  async #form(one: Trader, other: Trader, ownerId: string): Promise<Party | undefined> {
    one.send('party', P.REQUEST, new Writer().u8(CREATE).u16(other.objectId).done());
    if ((await other.told(P.ASKED, () => true, STEP)) === undefined) return undefined;
    other.send('party', P.REPLY, new Writer().u8(ACCEPT_CREATE).u32(one.objectId).done());
    if ((await one.told(P.REPLIED, (reply) => reply.u8() === ACCEPT_CREATE, STEP)) === undefined)
      return undefined;
    one.send('party', P.RULE, RULE);
    const holds = await one.told(P.RULED, (rule) => rule.u8() === IN_ORDER, STEP);
    return holds === undefined ? undefined : this.#partyOf(ownerId);
  }

  /** Settled like what a killed monster leaves, and again until the database has it: the receipt sees that it is there once. */
  async #leave(owner: Trader, ownerId: string, partyId: string, any: number): Promise<void> {
    this.left += 1;
    const id = `loot-${this.left}-${any}`;
    const now = Date.now();
    const item = { kind: 'stack', uid: id, ...KIND, count: 1 + (any % 3) } as const;
    const times = { droppedAt: now, freeAt: now + 120_000, goneAt: now + 300_000 };
    const row = { ...SPOT, region: regionAt(SPOT), id, item, ownerId, ownerObject: owner.objectId, partyId };
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const outcome = await this.#service.settle({
        now,
        step: id,
        parts: [{ kind: 'ground-put', row: { ...row, ...times } }],
        minted: [{ reason: 'drop', items: [item] }],
      });
      if (outcome.code === 'ok') return;
      await sleep(100);
    }
  }
}

/** The object id of loot of that owner, when it comes into sight. */
async function sight(trader: Trader, owner: number): Promise<number | undefined> {
  for (let waited = 0; waited < STEP; waited += 20) {
    trader.look();
    for (const { item, objectId, ownerId } of trader.lying.values())
      if (ownerId === owner && item.type === KIND.type && item.id === KIND.id) return objectId;
    await sleep(20);
  }
  return undefined;
}
