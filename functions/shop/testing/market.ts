import type { JsonObject, Signal } from '../../../shared/contract/index.ts';
import { testFamily } from '../../../shared/kit/testing/index.ts';
import type { InventorySection, StoredItem } from '../../../shared/sections/index.ts';
import type { CharacterService } from '../../../shared/services/index.ts';
import { coreKey, granted, type Store } from '../../../shared/store/index.ts';
import {
  sampleCharacter,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../../shared/world/testing/sample-character.ts';
import { characterService } from '../../../test/support/services.ts';
import { family } from '../family.ts';
import type { ShopServices } from '../services.ts';

/** The clock at the start of every test. */
export const NOW = 1_800_000_000_000;
const EPOCH = 1;

type Under = ReturnType<typeof under>;
type Result = Awaited<ReturnType<Under['signal']>>;

function under(
  services: ShopServices,
  name: string,
  characterId: string,
  inventory: InventorySection,
  objectId: number,
  x: number,
  y: number,
) {
  return testFamily(family, {
    services,
    now: NOW,
    id: `connection-${name}`,
    userId: `user-${name}`,
    characterId,
    epoch: EPOCH,
    sections: {
      inventory,
      character: sampleCharacter(characterId, name),
      vitals: sampleVitals(NOW),
      position: samplePosition(NOW, x, y),
      presence: samplePresence(x, y, objectId),
    },
  });
}

/** A player of a test, with all packets that its client was shown. */
export interface Trader {
  readonly test: Under;
  readonly characterId: string;
  readonly objectId: number;
  readonly shown: { readonly name: string; readonly payload: JsonObject }[];
  readonly refusals: string[];
}

/** Players of the shop family on a real database, who are told at once what others signal to them. */
export class Market {
  readonly store: Store;
  readonly economy: CharacterService;
  readonly people: Trader[] = [];
  /** What the next calls of `settle` do instead, for faults. */
  fault: 'none' | 'down' | 'down_after' = 'none';
  /** Names of signals that get lost. */
  losing: string | null = null;
  #made = 0;
  /** What the handlers are given. */
  readonly #granted: CharacterService;

  constructor(store: Store) {
    this.store = store;
    this.economy = characterService(store);
    this.#granted = characterService(granted(store, family.manifest.tables));
  }

  async enter(name: string, x = 520_000, y = 520_000): Promise<Trader> {
    this.#made += 1;
    const facts = { userId: `user-${name}`, right: 1, name, race: 0, face: 0, hair: 0 };
    const made = await this.economy.create({ ...facts, now: NOW, step: `make-${name}` });
    if (made.code !== 'ok') throw new Error(`${name} could not be made: ${made.code}`);
    await this.store.update('characters', coreKey(made.id), { set: { epoch: EPOCH } });
    const objectId = 2_000 + this.#made;
    const inventory = await this.inventoryOf(made.id);
    const economy: ShopServices['economy'] = {
      possessions: (request) => this.#granted.possessions(request),
      settle: async (request) => {
        const { fault } = this;
        const outcome = fault === 'down' ? undefined : await this.#granted.settle(request);
        return fault === 'none' && outcome ? outcome : { code: 'down', problem: 'test' };
      },
    };
    const test = under({ economy }, name, made.id, inventory, objectId, x, y);
    const person = { test, characterId: made.id, objectId, shown: [], refusals: [] };
    this.people.push(person);
    return person;
  }

  async inventoryOf(characterId: string): Promise<InventorySection> {
    const read = await this.economy.possessions({ characterIds: [characterId] });
    const inventory = read.code === 'ok' ? read.inventories[characterId] : undefined;
    if (inventory === undefined) throw new Error('no inventory');
    return inventory;
  }

  /** Runs a turn, takes in its result, and delivers what it signals. */
  async run(person: Trader, turn: Promise<Result>): Promise<Result> {
    const result = await turn;
    for (const reply of result.replies) if ('name' in reply) person.shown.push(reply);
    if (result.refused !== undefined) person.refusals.push(result.refused);
    if (result.reread.length > 0) await this.reread(person);
    for (const delivery of result.deliveries) {
      const to = this.#at(delivery.to);
      for (const packet of delivery.packets) if ('name' in packet) to?.shown.push(packet);
    }
    for (const signal of result.signals) await this.#deliver(person, signal);
    return result;
  }

  async reread(person: Trader): Promise<void> {
    const inventory = await this.inventoryOf(person.characterId);
    person.test.connection.sections.inventory = inventory as unknown as JsonObject;
  }

  /** Gives somebody other things and money, from nowhere. */
  async give(person: Trader, items: Readonly<Record<string, StoredItem>>, zuly?: string): Promise<void> {
    const { version, ...before } = await this.inventoryOf(person.characterId);
    const next = { ...before, slots: { ...before.slots, ...items }, zuly: zuly ?? before.zuly };
    const change = BigInt(next.zuly) - BigInt(before.zuly);
    const replaced = Object.keys(items).flatMap((slot) => before.slots[slot] ?? []);
    const outcome = await this.economy.settle({
      step: `give-${person.characterId}-${version}`,
      now: NOW,
      parts: [{ kind: 'inventory', characterId: person.characterId, version, epoch: null, next }],
      minted: [{ reason: 'test', items: Object.values(items), money: change > 0n ? `${change}` : '0' }],
      burned: [{ reason: 'test', items: replaced, money: change < 0n ? `${-change}` : '0' }],
    });
    if (outcome.code !== 'ok') throw new Error(JSON.stringify(outcome));
    await this.reread(person);
  }

  async #deliver(person: Trader, signal: Signal): Promise<void> {
    if (signal.to === 'self' || signal.name === this.losing) return;
    const to = this.#at(signal.to);
    if (to === undefined) {
      const payload = { to: signal.to, name: signal.name, payload: signal.payload };
      await this.run(person, person.test.signal('edge.undeliverable', payload));
      return;
    }
    const from = { connection: person.test.connection.id, characterId: person.characterId, hops: 1 };
    await this.run(to, to.test.signal(signal.name, signal.payload, from, signal.to));
  }

  #at(address: string): Trader | undefined {
    return this.people.find(
      ({ test, objectId }) =>
        address === `connection/${test.connection.id}` || address === `object/20/${objectId}`,
    );
  }
}

/** A stack for a test. */
export function stack(uid: string, type: number, id: number, count: number): StoredItem {
  return { kind: 'stack', uid, type, id, count };
}
