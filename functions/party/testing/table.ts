import type { NamedPacket } from '../../../shared/contract/index.ts';
import { type FamilyUnderTest, type TestResult, testFamily } from '../../../shared/kit/testing/index.ts';
import { granted, type Store } from '../../../shared/store/index.ts';
import {
  sampleCharacter,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../../shared/world/testing/sample-character.ts';
import { family } from '../family.ts';
import type { PartyFamilySection } from '../sections.ts';
import type { PartyServices } from '../services.ts';
import { createParties } from '../store/parties.ts';

export const NOW = 1_800_000_000_000;

type Result = TestResult<PartyFamilySection>;

/** One player of the family, and all packets that reached its client. */
export class Seat {
  readonly id: string;
  readonly objectId: number;
  readonly family: FamilyUnderTest<PartyFamilySection, PartyServices>;
  /** Packets to the client since they were last taken. */
  inbox: NamedPacket[] = [];
  readonly signals: { readonly name: string; readonly payload: unknown }[] = [];
  watched: readonly string[] = [];
  pinned: readonly string[] = [];
  online = true;
  readonly #table: Table;

  constructor(table: Table, store: Store, id: string, name: string, objectId: number, level = 1) {
    this.#table = table;
    this.id = id;
    this.objectId = objectId;
    this.family = testFamily(family, {
      services: { parties: createParties(granted(store, family.manifest.tables)) },
      id: `connection-${id}`,
      now: NOW,
      userId: `user-${id}`,
      characterId: id,
      sections: {
        character: { ...sampleCharacter(id, name), level },
        vitals: sampleVitals(NOW),
        position: samplePosition(NOW),
        presence: samplePresence(520_000, 520_000, objectId),
      },
    });
  }

  get party() {
    return this.family.sections.party?.party;
  }

  async request(type: number, target: number): Promise<Result> {
    return this.#table.settle(this, await this.family.packet('CLI_PARTY_REQ', { type, target }));
  }

  async reply(type: number, target: number): Promise<Result> {
    return this.#table.settle(this, await this.family.packet('CLI_PARTY_REPLY', { type, target }));
  }

  async rule(rule: number): Promise<Result> {
    return this.#table.settle(this, await this.family.packet('CLI_PARTY_RULE', { rule }));
  }

  async hear(name: string, payload = {}): Promise<Result> {
    return this.#table.settle(this, await this.family.signal(name, payload));
  }

  /** Fires what comes due within so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    for (const result of await this.family.advance(milliseconds)) await this.#table.settle(this, result);
  }

  /** The connection ends. */
  async drop(): Promise<void> {
    const result = await this.family.signal('edge.closing', { reason: 'client_closed' });
    this.online = false;
    this.watched = [];
    await this.#table.settle(this, result);
    this.family.connection.sections = {};
  }

  /** Names of what came, with the code where it is a reply; empties the inbox. */
  take(): string[] {
    const names = this.inbox.map(({ name, payload }) => {
      if (name === 'SRV_PARTY_REPLY') return `REPLY ${payload.type} ${payload.source}`;
      const member = payload.member as { readonly name?: string } | undefined;
      const action = payload.action === undefined ? '' : ` ${payload.action}`;
      return `${name.replace('SRV_PARTY_', '')}${action}${member === undefined ? '' : ` ${member.name}`}`;
    });
    this.inbox = [];
    return names;
  }
}

/** Players whose signals and deliveries reach each other as through the ingress. */
export class Table {
  readonly seats: Seat[] = [];
  /** Whether the next signal gets lost, as in a crash. */
  loses: () => boolean = () => false;
  readonly #store: Store;
  #next = 2000;

  constructor(store: Store) {
    this.#store = store;
  }

  sit(name: string, level = 1): Seat {
    const id = `${name.toLowerCase()}-${crypto.randomUUID()}`;
    const seat = new Seat(this, this.#store, id, name, ++this.#next, level);
    this.seats.push(seat);
    return seat;
  }

  /** Lets so many milliseconds pass for everyone, second by second. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 1000)
      for (const seat of this.seats) if (seat.online) await seat.wait(Math.min(1000, left));
  }

  /** The same character in a new connection. */
  sitAgain(seat: Seat, name: string): Seat {
    const again = new Seat(this, this.#store, seat.id, name, ++this.#next);
    again.family.now = seat.family.now;
    this.seats.push(again);
    return again;
  }

  /** Hands on all that a turn of `from` brought about, and what that brings about. */
  async settle(from: Seat, result: Result): Promise<Result> {
    from.inbox.push(...(result.replies as NamedPacket[]));
    if (result.watch !== undefined) from.watched = result.watch;
    if (result.pin !== undefined) from.pinned = result.pin;
    for (const { to, packets, except } of result.deliveries) {
      for (const seat of this.seats)
        if (seat.watched.includes(to) && !(except === 'self' && seat === from))
          seat.inbox.push(...(packets as NamedPacket[]));
    }
    const source = { connection: `connection-${from.id}`, characterId: from.id, hops: 1 };
    for (const { to, name, payload } of result.signals) {
      if (!name.startsWith('party.')) {
        from.signals.push({ name, payload });
        continue;
      }
      if (to !== 'self' && this.loses()) continue;
      const target = to === 'self' ? from : this.#at(to);
      if (target === undefined)
        await this.settle(from, await from.family.signal('edge.undeliverable', { to, name, payload }));
      else await this.settle(target, await target.family.signal(name, payload, source, to));
    }
    return result;
  }

  #at(address: string): Seat | undefined {
    return this.seats.find(
      ({ id, objectId, online }) =>
        online &&
        [`character/${id}`, `connection/connection-${id}`, `object/20/${objectId}`].includes(address),
    );
  }
}
