import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InventorySection } from '../../shared/sections/index.ts';
import { openStore, type Store } from '../../shared/store/index.ts';
import { startTestEngine, type TestEngine } from '../../test/support/engine.ts';
import { characterService } from '../../test/support/services.ts';
import { injectFaults, type StoreFaults } from '../../test/support/store-faults.ts';
import { type Person, Street } from './testing/street.ts';

type Step =
  | { readonly kind: 'state'; readonly who: 0 | 1; readonly state: 'READY' | 'NOTREADY' | 'DONE' | 'CANCEL' }
  | {
      readonly kind: 'offer';
      readonly who: 0 | 1;
      readonly what: 'money' | 'stack' | 'thing';
      readonly amount: number;
    }
  | { readonly kind: 'deliver'; readonly which: number; readonly again: boolean }
  | { readonly kind: 'lose'; readonly which: number }
  | { readonly kind: 'all' | 'second' }
  | { readonly kind: 'agree' }
  | { readonly kind: 'leave'; readonly who: 0 | 1; readonly silently: boolean }
  /** From here on the database does not answer, or its answers get lost. */
  | { readonly kind: 'fault'; readonly fault: 'lost-request' | 'lost-answer' | 'none' };

const who = fc.constantFrom<0 | 1>(0, 1);
const state = fc.constantFrom<'READY' | 'NOTREADY' | 'DONE'>('READY', 'READY', 'DONE', 'DONE', 'NOTREADY');
const constant = <K extends string>(kind: K) => fc.constant(kind);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: constant('state'), who, state }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: constant('offer'),
      who,
      what: fc.constantFrom('money', 'stack', 'thing'),
      amount: fc.integer({ min: 0, max: 12 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: constant('deliver'), which: fc.nat(5), again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: constant('lose'), which: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('all', 'second') }) },
  { weight: 3, arbitrary: fc.record({ kind: constant('agree') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: constant('fault'),
      fault: fc.constantFrom('lost-request', 'lost-answer', 'none', 'none'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: constant('state'), who, state: fc.constant('CANCEL' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: constant('leave'), who, silently: fc.boolean() }) },
);

let engine: TestEngine;
let store: Store;
let faults: StoreFaults;
/** How often it is played; `TRADE_RUNS` says otherwise. */
const RUNS = Number(process.env.TRADE_RUNS ?? 40);
let runs = 0;
let done = 0;

beforeAll(async () => {
  engine = await startTestEngine();
  store = openStore(engine.environment, { patience: { within: 60, first: 5, longest: 10 } });
  faults = injectFaults(store);
});
afterAll(async () => {
  store.close();
  await engine.stop();
});

/** All that two inventories hold, counted once for each piece. */
function sum(inventories: readonly InventorySection[]): { zuly: bigint; pieces: string[] } {
  const counts = new Map<string, number>();
  for (const { slots } of inventories) {
    for (const item of Object.values(slots)) {
      const name = item.kind === 'stack' ? `${item.type}/${item.id}` : item.uid;
      counts.set(name, (counts.get(name) ?? 0) + (item.kind === 'stack' ? item.count : 1));
    }
  }
  const zuly = inventories.reduce((total, inventory) => total + BigInt(inventory.zuly), 0n);
  return { zuly, pieces: [...counts].map(([name, count]) => `${name} x${count}`).sort() };
}

async function run(street: Street, pair: readonly [Person, Person], one: Step): Promise<void> {
  const person = 'who' in one ? pair[one.who] : pair[0];
  const other = person === pair[0] ? pair[1] : pair[0];
  if (person.gone && one.kind !== 'deliver' && one.kind !== 'fault') return;
  switch (one.kind) {
    case 'state':
      await street.trade(person, one.state, other);
      return;
    case 'offer': {
      const own = await street.inventoryOf(person.characterId);
      // After a trade there may be none; then the offer is refused.
      const slotOf = (kind: 'stack' | 'single') => {
        const slots = Object.keys(own.slots).map(Number);
        return slots.find((slot) => slot >= 12 && own.slots[slot]?.kind === kind) ?? 99;
      };
      if (one.what === 'money') await street.offer(person, 10, 0, one.amount);
      else if (one.what === 'stack') await street.offer(person, 0, slotOf('stack'), one.amount);
      else await street.offer(person, 1, slotOf('single'), Math.min(1, one.amount));
      return;
    }
    case 'deliver':
      if (street.way.length > 0) await street.deliver(one.which % street.way.length, one.again);
      return;
    case 'lose':
      street.way.splice(one.which, 1);
      return;
    case 'all':
      return street.deliverAll();
    case 'second':
      return street.pass(1);
    case 'agree':
      return street.agree(pair[0], pair[1]);
    case 'leave':
      return street.leave(person, one.silently);
    case 'fault':
      faults.choose = (command) =>
        one.fault === 'none' || command !== 'TransactWriteItemsCommand' ? undefined : one.fault;
  }
}

it('nothing is lost or doubled, and both are told the same, whatever happens in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      runs += 1;
      faults.choose = () => undefined;
      const street = new Street(engine.store, { economy: characterService(store) });
      const pair = [await street.enter(`A${runs}`), await street.enter(`B${runs}`)] as const;
      const people = () => Promise.all(pair.map(({ characterId }) => street.inventoryOf(characterId)));
      const before = sum(await people());
      await street.open(...pair);
      for (const one of steps) await run(street, pair, one);

      // Whatever was wrong is over; what is open then ends by itself or is cancelled.
      faults.choose = () => undefined;
      await street.deliverAll();
      await street.pass(3);
      for (const person of pair) {
        const other = person === pair[0] ? pair[1] : pair[0];
        if (!person.gone) await street.trade(person, 'CANCEL', other);
      }
      await street.pass(3);

      const after = await people();
      expect(sum(after)).toEqual(before);
      const told = pair.map(({ states }) => states.includes('DONE'));
      for (const [n, person] of pair.entries()) {
        if (person.gone) continue;
        expect(person.test.sections.trade).toBeUndefined();
        expect(person.test.timers).toEqual([]);
        if (!pair.some(({ gone }) => gone)) expect(told[n]).toBe(told[0]);
        // Who was told that it is done has seen what it has; for all others nothing has changed.
        const shown = person.packets.findLast(({ name }) => name === 'SRV_SET_MONEY_AND_ITEM');
        expect(shown !== undefined).toBe(told[n]);
        expect(after[n]?.version).toBe(told[n] === true ? 2 : 1);
        if (shown !== undefined) expect(shown.payload.zuly).toBe(after[n]?.zuly);
      }
      if (told.includes(true)) done += 1;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(done).toBeGreaterThan(RUNS / 20);
}, 120_000);
