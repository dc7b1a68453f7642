import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PartyReqType as Q, PartyReplyType as R } from '../../shared/protocol/packets.generated.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { createParties } from './store/parties.ts';
import { type Seat, Table } from './testing/table.ts';

const NAMES = ['Ann', 'Bea', 'Cat', 'Dan'];

/** What one of the players does next; numbers name players. */
type Step =
  | { readonly do: 'ask' | 'ban' | 'owner'; readonly who: number; readonly whom: number }
  | { readonly do: 'leave' | 'drop' | 'crash' | 'return'; readonly who: number }
  | { readonly do: 'rule'; readonly who: number; readonly rule: number }
  | { readonly do: 'reply'; readonly who: number; readonly type: number }
  | { readonly do: 'raw'; readonly who: number; readonly type: number; readonly target: number }
  | { readonly do: 'wait'; readonly seconds: number };

const who = fc.nat(NAMES.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('ask' as const), who, whom: fc.nat(NAMES.length - 2) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('reply' as const),
      who,
      type: fc.constantFrom(R.ACCEPT_CREATE, R.ACCEPT_JOIN, R.REJECT_JOIN),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('ban' as const, 'owner' as const),
      who,
      whom: fc.nat(NAMES.length - 2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'drop' as const, 'crash' as const), who }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rule' as const), who, rule: fc.nat(255) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('raw' as const), who, type: fc.nat(255), target: fc.nat(0xffff) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 31, 310) }),
  },
);

/** Which signals get lost: none in half of the runs, else about every fourth. */
const losses = fc.oneof(
  fc.constant([false]),
  fc
    .array(fc.nat(3), { minLength: 8, maxLength: 40, size: 'max' })
    .map((dice) => dice.map((one) => one === 0)),
);
/** Milliseconds after which every copy was compared with the store, and questions are over. */
const CHECKED = 70_000;

describe('parties, whatever their members do', () => {
  const engine = useTestEngine();

  it('whatever signals get lost, all copies become what the store says, and nobody is in two parties', async () => {
    let together = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }),
        losses,
        async (steps, lost) => {
          const table = new Table(engine.store);
          let sent = 0;
          const seats = NAMES.map((name) => table.sit(name));
          await allTogether(seats);
          table.loses = () => lost[sent++ % lost.length] ?? false;
          for (const one of steps) await act(table, seats, one);
          // Nothing is lost any more: everyone comes back, and after a minute all know the same.
          table.loses = () => false;
          for (const n of seats.keys()) await act(table, seats, { do: 'return', who: n });
          await table.pass(CHECKED);
          await agree(seats);
          if (seats.some(({ party }) => party !== undefined)) together += 1;
        },
      ),
      { numRuns: 20 },
    );
    // The steps are such that there are parties to disagree about.
    expect(together).toBeGreaterThan(5);
  });

  async function agree(seats: readonly Seat[]): Promise<void> {
    const parties = createParties(engine.store);
    for (const seat of seats) {
      const found = await parties.of({ characterId: seat.id, now: seat.family.now });
      const stored = 'party' in found ? found.party : null;
      const members = (party: typeof stored | undefined) =>
        party?.members.map(({ id, droppedAt }) => [id, droppedAt]);
      expect(members(seat.party)).toEqual(members(stored));
      expect(seat.party?.owner).toBe(stored?.owner);
      expect(seat.party?.rule).toBe(stored?.rule);
      expect(seat.watched).toEqual(stored === null ? [] : [`party/${stored.id}`]);
      if (stored === null) continue;
      expect(stored.members.map(({ id }) => id)).toContain(stored.owner);
      expect(stored.members.map(({ id }) => id)).toContain(seat.id);
      expect(stored.members.length).toBeGreaterThanOrEqual(2);
      expect(stored.members.every(({ droppedAt }) => droppedAt === 0)).toBe(true);
    }
  }

  /** All are in one party at first. */
  async function allTogether([owner, ...others]: readonly Seat[]): Promise<void> {
    if (owner === undefined) return;
    for (const other of others) {
      await owner.request(owner.party === undefined ? Q.CREATE : Q.JOIN, other.objectId);
      await other.reply(R.ACCEPT_JOIN, owner.objectId);
    }
  }

  /** Who has a question to answer, if anybody. */
  function invitedOf(seats: readonly Seat[]): Seat | undefined {
    return seats.find(({ online, family }) => online && family.sections.party?.invited !== undefined);
  }

  async function act(table: Table, seats: Seat[], one: Step): Promise<void> {
    if (one.do === 'wait') return table.pass(one.seconds * 1000);
    const seat = (one.do === 'reply' ? invitedOf(seats) : undefined) ?? seats[one.who];
    if (seat === undefined) return;
    if (one.do === 'return') {
      if (seat.online) return;
      const again = table.sitAgain(seat, NAMES[one.who] ?? '');
      again.family.now = Math.max(...seats.map(({ family }) => family.now));
      seats[one.who] = again;
      await again.hear('edge.owned', { characterId: again.id, epoch: 2 });
      return again.wait(1000);
    }
    if (!seat.online) return;
    const whom = 'whom' in one ? (seats[(one.who + 1 + one.whom) % seats.length]?.objectId ?? 0) : 0;
    switch (one.do) {
      case 'ask':
        await seat.request(seat.party === undefined ? Q.CREATE : Q.JOIN, whom);
        return;
      case 'ban':
      case 'owner':
        await seat.request(one.do === 'ban' ? Q.BAN : Q.CHANGE_OWNER, whom);
        return;
      case 'leave':
        await seat.request(Q.LEAVE, 0);
        return;
      case 'drop':
        return seat.drop();
      case 'crash':
        // Its process dies: nobody is told.
        seat.online = false;
        return;
      case 'rule':
        await seat.rule(one.rule);
        return;
      case 'reply':
        await seat.reply(one.type, seat.family.sections.party?.invited?.source ?? 0);
        return;
      case 'raw':
        await seat.request(one.type, one.target);
        await seat.reply(one.type, one.target);
    }
  }
});
