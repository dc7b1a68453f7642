import type { JsonObject, Signal } from '../../../shared/contract/index.ts';
import { testFamily } from '../../../shared/kit/testing/index.ts';
import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import type { InventorySection } from '../../../shared/sections/index.ts';
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
import type { TradeServices } from '../services.ts';

/** The clock at the start of every test. */
export const NOW = 1_800_000_000_000;
const EPOCH = 1;

type Result = Awaited<ReturnType<ReturnType<typeof under>['signal']>>;

/** A signal on its way. */
export interface OnTheWay {
  readonly from: Person;
  readonly signal: Signal;
}

function under(
  services: TradeServices,
  id: string,
  characterId: string,
  inventory: InventorySection,
  objectId: number,
  x: number,
) {
  return testFamily(family, {
    services,
    now: NOW,
    id,
    userId: `user-of-${id}`,
    characterId,
    epoch: EPOCH,
    sections: {
      inventory,
      vitals: sampleVitals(NOW),
      position: samplePosition(NOW, x, 520_000),
      presence: samplePresence(x, 520_000, objectId),
    },
  });
}

/** A player of a test: one connection, and all that its client was shown. */
export class Person {
  readonly test: ReturnType<typeof under>;
  readonly characterId: string;
  readonly objectId: number;
  /** Steps that the client was shown, by name. */
  readonly states: string[] = [];
  /** Everything else, by packet name. */
  readonly packets: { readonly name: string; readonly payload: JsonObject }[] = [];
  /** Reasons of refusals. */
  readonly refusals: string[] = [];
  gone = false;

  constructor(test: ReturnType<typeof under>, characterId: string, objectId: number) {
    this.test = test;
    this.characterId = characterId;
    this.objectId = objectId;
  }

  note(result: Result): void {
    for (const reply of result.replies) {
      if (!('name' in reply)) continue;
      this.packets.push({ name: reply.name, payload: reply.payload });
      if (reply.name === 'SRV_TRADE') this.states.push(stateName(Number(reply.payload.state)));
    }
    if (result.refused !== undefined) this.refusals.push(result.refused);
  }

  /** The slots of the last SRV_SET_MONEY_AND_ITEM. */
  get shownItems(): readonly {
    readonly index: number;
    readonly item: { readonly data?: { readonly count?: number } };
  }[] {
    const last = this.packets.findLast(({ name }) => name === 'SRV_SET_MONEY_AND_ITEM');
    return (last?.payload.items ?? []) as unknown as Person['shownItems'];
  }
}

function stateName(state: number): string {
  return Object.entries(TradeState).find(([, value]) => value === state)?.[0] ?? String(state);
}

/** Players side by side on a real database; what they tell each other is delivered when the test says so. */
export class Street {
  readonly store: Store;
  readonly economy: CharacterService;
  readonly people: Person[] = [];
  readonly way: OnTheWay[] = [];
  #made = 0;

  readonly #services: TradeServices;

  /** `services`: what the handlers are given, when that is not simply the same. */
  constructor(store: Store, services?: TradeServices) {
    this.store = store;
    this.economy = characterService(store);
    this.#services = services ?? { economy: characterService(granted(store, family.manifest.tables)) };
  }

  /** A new character with its connection. */
  async enter(name: string, x = 520_000): Promise<Person> {
    this.#made += 1;
    const made = await this.economy.create({
      userId: `user-${name}`,
      right: 1,
      name,
      race: 0,
      face: 0,
      hair: 0,
      now: NOW,
      step: `make-${name}`,
    });
    if (made.code !== 'ok') throw new Error(`${name} could not be made: ${made.code}`);
    await this.store.update('characters', coreKey(made.id), { set: { epoch: EPOCH } });
    const objectId = 2_000 + this.#made;
    const inventory = await this.inventoryOf(made.id);
    const test = under(this.#services, `connection-${name}`, made.id, inventory, objectId, x);
    const person = new Person(test, made.id, objectId);
    person.test.connection.sections.character = {
      ...sampleCharacter(made.id, name),
    } as unknown as JsonObject;
    this.people.push(person);
    return person;
  }

  async inventoryOf(characterId: string): Promise<InventorySection> {
    const read = await this.economy.possessions({ characterIds: [characterId] });
    if (read.code !== 'ok') throw new Error(read.code);
    const inventory = read.inventories[characterId];
    if (inventory === undefined) throw new Error('no inventory');
    return inventory;
  }

  /** Takes in what a turn brought about, as the ingress does. */
  async after(person: Person, turn: Promise<Result>): Promise<Result> {
    const result = await turn;
    person.note(result);
    if (result.reread.length > 0) {
      const inventory = await this.inventoryOf(person.characterId);
      person.test.connection.sections.inventory = inventory as unknown as JsonObject;
    }
    for (const signal of result.signals) this.way.push({ from: person, signal });
    return result;
  }

  /** The client sends CLI_TRADE to `target`. */
  trade(person: Person, state: keyof typeof TradeState, target: Person | number): Promise<Result> {
    const object = typeof target === 'number' ? target : target.objectId;
    return this.after(person, person.test.packet('CLI_TRADE', { state: TradeState[state], target: object }));
  }

  offer(person: Person, slot: number, index: number, amount: number): Promise<Result> {
    return this.after(person, person.test.packet('CLI_TRADE_ITEM', { slot, index, amount }));
  }

  /** Delivers one signal. `keep`: it will come once more. */
  async deliver(index = 0, keep = false): Promise<void> {
    const found = this.way[index];
    if (found === undefined) return;
    if (!keep) this.way.splice(index, 1);
    const { from, signal } = found;
    const to = this.people.find((person) => !person.gone && this.#isAt(person, signal.to));
    if (to !== undefined) {
      const source = { connection: from.test.connection.id, characterId: from.characterId, hops: 1 };
      await this.after(to, to.test.signal(signal.name, signal.payload, source, signal.to));
    } else if (!from.gone) {
      const { name, payload } = signal;
      await this.after(from, from.test.signal('edge.undeliverable', { to: signal.to, name, payload }));
    }
  }

  /** Delivers everything, and what follows from it. */
  async deliverAll(): Promise<void> {
    for (let n = 0; this.way.length > 0; n += 1) {
      if (n > 200) throw new Error('the signals never end');
      await this.deliver();
    }
  }

  /** Time passes for all; signals are delivered second by second. */
  async pass(seconds: number): Promise<void> {
    for (let n = 0; n < seconds; n += 1) {
      for (const person of this.people) {
        if (person.gone) continue;
        const before = person.test.now;
        for (;;) {
          const due = person.test.timers.find(({ at }) => at <= before + 1_000);
          if (due === undefined) break;
          person.test.now = Math.max(person.test.now, due.at);
          // Taken from the list by firing it through `advance`, whose results are the ones to be noted.
          const results = await person.test.advance(0);
          for (const result of results) await this.after(person, Promise.resolve(result));
        }
        person.test.now = before + 1_000;
      }
      await this.deliverAll();
    }
  }

  /** The connection ends; with `silently` nobody of it has time to say anything. */
  async leave(person: Person, silently = false): Promise<void> {
    if (!silently) await this.after(person, person.test.signal('edge.closing', { reason: 'client_closed' }));
    person.gone = true;
  }

  /** Both open a trade. */
  async open(one: Person, other: Person): Promise<void> {
    await this.trade(one, 'REQUEST', other);
    await this.deliverAll();
    await this.trade(other, 'ACCEPT', one);
    await this.deliverAll();
  }

  /** Both are ready, and say so. */
  async agree(one: Person, other: Person): Promise<void> {
    await this.trade(one, 'READY', other);
    await this.trade(other, 'READY', one);
    await this.deliverAll();
    await this.trade(one, 'DONE', other);
    await this.trade(other, 'DONE', one);
    await this.deliverAll();
  }

  #isAt(person: Person, address: string): boolean {
    const { id } = person.test.connection;
    return address === `connection/${id}` || address === `object/20/${person.objectId}`;
  }
}

/** The slot of the first stack, and how many lie there. */
export function stackOf(inventory: InventorySection): { readonly slot: number; readonly count: number } {
  for (const [slot, item] of Object.entries(inventory.slots))
    if (item.kind === 'stack') return { slot: Number(slot), count: item.count };
  throw new Error('no stack');
}

/** The bag slot of the first thing that does not stack. */
export function thingOf(inventory: InventorySection): number {
  for (const [slot, item] of Object.entries(inventory.slots))
    if (item.kind === 'single' && Number(slot) >= 12) return Number(slot);
  throw new Error('no thing');
}
