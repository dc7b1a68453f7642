import fc from 'fast-check';

/** What a pair of traders does next; `any` decides the details. */
export interface Deed {
  readonly what:
    | 'trade'
    | 'drop'
    | 'pick'
    | 'bank-money'
    | 'bank-item'
    | 'equip'
    | 'use'
    | 'store'
    | 'shop'
    | 'loot'
    | 'leave'
    | 'wait';
  readonly any: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.oneof(
    { weight: 40, arbitrary: fc.constant('trade' as const) },
    { weight: 18, arbitrary: fc.constant('drop' as const) },
    { weight: 18, arbitrary: fc.constant('pick' as const) },
    { weight: 6, arbitrary: fc.constant('bank-money' as const) },
    { weight: 6, arbitrary: fc.constant('bank-item' as const) },
    { weight: 5, arbitrary: fc.constant('equip' as const) },
    { weight: 2, arbitrary: fc.constant('use' as const) },
    { weight: 6, arbitrary: fc.constant('store' as const) },
    { weight: 4, arbitrary: fc.constant('shop' as const) },
    { weight: 4, arbitrary: fc.constant('loot' as const) },
    { weight: 1, arbitrary: fc.constant('leave' as const) },
    { weight: 4, arbitrary: fc.constant('wait' as const) },
  ),
  any: fc.nat(1_000_000),
});

/** One plan for each pair; a plan is begun anew when it is at its end. The same seed gives the same plans. */
export function plansOf(seed: number, pairs: number): readonly (readonly Deed[])[] {
  return fc.sample(fc.array(deed, { minLength: 400, maxLength: 400, size: 'max' }), { seed, numRuns: pairs });
}
