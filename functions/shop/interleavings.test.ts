import fc from 'fast-check';
import { expect, it } from 'vitest';
import { goodsOf, holdingsOf, imbalance } from '../../shared/economy/index.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { Market, stack, type Trader } from './testing/market.ts';

const TYPE = 12;
const ORE = 11;
const HIDE = 12;

type Step =
  | { readonly kind: 'open'; readonly goods: number; readonly wishes: number; readonly price: number }
  | { readonly kind: 'close' | 'walk' | 'time' }
  | { readonly kind: 'buy' | 'sell'; readonly who: number; readonly count: number }
  | { readonly kind: 'use'; readonly count: number }
  | { readonly kind: 'fault'; readonly fault: Market['fault'] }
  | { readonly kind: 'lose'; readonly what: string | null };

const constant = <K extends string>(kind: K) => fc.constant(kind);
const count = fc.integer({ min: 1, max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: constant('open'),
      goods: count,
      wishes: count,
      price: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close', 'walk') }) },
  { weight: 2, arbitrary: fc.record({ kind: constant('time') }) },
  { weight: 12, arbitrary: fc.record({ kind: fc.constantFrom('buy', 'sell'), who: fc.nat(1), count }) },
  { weight: 1, arbitrary: fc.record({ kind: constant('use'), count }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: constant('fault'),
      fault: fc.constantFrom('none', 'none', 'down', 'down_after'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: constant('lose'),
      what: fc.constantFrom(null, null, 'shop.deal', 'shop.dealt'),
    }),
  },
);

const engine = useTestEngine();
let runs = 0;
let deals = 0;

const item = (id: number, amount: number) => ({ header: { type: TYPE, id }, data: { count: amount } });

async function run(market: Market, olga: Trader, visitors: readonly Trader[], one: Step): Promise<void> {
  const visitor = 'who' in one ? visitors[one.who] : undefined;
  switch (one.kind) {
    case 'open': {
      const items = [
        { index: 60, item: item(ORE, one.goods), price: one.price },
        { index: 0, item: item(HIDE, one.wishes), price: one.price },
      ];
      await market.run(olga, olga.test.packet('CLI_SHOP_OPEN', { sell_count: 1, wishlist_count: 1, items }));
      return;
    }
    case 'close':
      await market.run(olga, olga.test.packet('CLI_SHOP_CLOSE', {}));
      return;
    case 'walk': {
      const { position } = olga.test.sections;
      if (position !== undefined)
        olga.test.connection.sections.position = { ...position, x: position.x + 60 } as never;
      return;
    }
    case 'time':
      for (const person of [olga, ...visitors])
        for (const result of await person.test.advance(6_000))
          await market.run(person, Promise.resolve(result));
      return;
    case 'buy':
      if (visitor === undefined) return;
      await market.run(
        visitor,
        visitor.test.packet('CLI_SHOP_BUY_REQ', {
          id: olga.objectId,
          count: 1,
          items: [{ index: 0, item: item(ORE, one.count) }],
        }),
      );
      return;
    case 'sell':
      if (visitor === undefined) return;
      await market.run(
        visitor,
        visitor.test.packet('CLI_SHOP_SELL_REQ', {
          id: olga.objectId,
          count: 1,
          items: [{ inventory_index: 70, wishlist_index: 0, item: item(HIDE, one.count) }],
        }),
      );
      return;
    case 'use': {
      const { slots } = await market.inventoryOf(olga.characterId);
      const there = slots['60'];
      if (there?.kind !== 'stack' || there.count <= one.count) return;
      await market.give(olga, {
        '60': { ...there, count: there.count - one.count },
        '61': stack(`u${runs}`, 13, 1, 1),
      });
      return;
    }
    case 'fault':
      market.fault = one.fault;
      return;
    case 'lose':
      market.losing = one.what;
  }
}

it('nothing is lost or doubled, and nobody is left waiting, whatever happens in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      runs += 1;
      const market = new Market(engine.store);
      const olga = await market.enter(`O${runs}`);
      const visitors = [await market.enter(`V${runs}`, 520_100), await market.enter(`W${runs}`, 520_200)];
      const people = [olga, ...visitors];
      await market.give(olga, { '60': stack(`ore${runs}`, TYPE, ORE, 40) });
      for (const [n, one] of visitors.entries())
        await market.give(one, { '70': stack(`hide${runs}-${n}`, TYPE, HIDE, 40) });
      const held = async () => {
        const all = await Promise.all(people.map(({ characterId }) => market.inventoryOf(characterId)));
        return holdingsOf(...all.map(goodsOf));
      };
      let before = await held();
      for (const one of steps) {
        const { shop } = olga.test.sections;
        const kept = shop?.goods[0]?.kept ?? 0;
        const { slots } = await market.inventoryOf(olga.characterId);
        const had = slots['60']?.kind === 'stack' ? slots['60'].count : 0;
        await run(market, olga, visitors, one);
        if (one.kind === 'use') before = await held();
        if (one.kind !== 'buy') continue;
        const after = (await market.inventoryOf(olga.characterId)).slots['60'];
        const left = after?.kind === 'stack' ? after.count : 0;
        // Nothing is sold of what was kept back, unless it was used up before.
        expect(left).toBeGreaterThanOrEqual(Math.min(had, kept));
      }
      market.fault = 'none';
      market.losing = null;
      for (let n = 0; n < 2; n += 1) await run(market, olga, visitors, { kind: 'time' });
      expect(imbalance(before, await held())).toBeNull();
      for (const one of visitors) {
        expect(one.test.timers).toEqual([]);
        const truth = await market.inventoryOf(one.characterId);
        expect(one.test.sections.inventory).toEqual(truth);
        const shown = one.shown.findLast(({ name }) => name === 'SRV_SET_MONEY_AND_ITEM');
        if (shown !== undefined) {
          deals += 1;
          expect(shown.payload.zuly).toBe(truth.zuly);
        }
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
  expect(deals).toBeGreaterThan(10);
}, 120_000);
