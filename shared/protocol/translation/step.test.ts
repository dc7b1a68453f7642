import { describe, expect, it } from 'vitest';
import { faultsOf } from '../compile/fault.ts';
import { compileStep } from './step.ts';
import type { Step } from './translation.ts';

const ready = (step: Step) => compileStep(step, faultsOf('CLI_TEST'));

describe('codes', () => {
  const pairs = [
    [1, 10],
    [2, 20],
    [3, 20],
    [1, 30],
  ] as const;
  const strict = ready({ kind: 'codes', field: 'mode', pairs, others: 'refused' });
  const lax = ready({ kind: 'codes', field: 'mode', pairs, others: 'same' });

  it('are exchanged both ways, the first pair with a number counts', () => {
    expect([1, 2, 3].map((mode) => strict.toTheirs({ mode }).mode)).toEqual([10, 20, 20]);
    expect([10, 20, 30].map((mode) => strict.toOurs({ mode }).mode)).toEqual([1, 2, 1]);
  });

  it('without a pair are refused, each way with its own error', () => {
    expect(() => strict.toTheirs({ mode: 4 })).toThrow(/\[no_counterpart\] CLI_TEST.mode: 4/);
    expect(() => strict.toOurs({ mode: 1 })).toThrow(/\[unknown_code\] CLI_TEST.mode: 1/);
    expect(() => strict.toTheirs({})).toThrow(/missing_field/);
    expect(() => strict.toTheirs({ mode: '1' })).toThrow(/bad_value/);
  });

  it('without a pair stay the same where that is said', () => {
    expect(lax.toTheirs({ mode: 4 })).toEqual({ mode: 4 });
    expect(lax.toOurs({ mode: 1 })).toEqual({ mode: 1 });
    expect(lax.toTheirs({})).toEqual({});
  });
});

describe('a step that works on places', () => {
  const cases: readonly [string, Step, object, object][] = [
    [
      'moves values',
      {
        kind: 'move',
        places: [
          ['damage', 'damage.amount'],
          ['action', 'damage.action'],
        ],
      },
      { id: 1, damage: 9, action: 4 },
      { id: 1, damage: { amount: 9, action: 4 } },
    ],
    [
      'adds what only we have',
      { kind: 'only-ours', field: 'item_id', value: 0 },
      { index: 3, item_id: 0 },
      { index: 3 },
    ],
    [
      'swaps elements in lists of lists',
      { kind: 'swap', list: 'all[].items', places: [0, 2] },
      { all: [{ items: [1, 2, 3] }, { items: [4] }] },
      { all: [{ items: [3, 2, 1] }, { items: [4] }] },
    ],
    [
      'leaves an element out',
      { kind: 'leave-out', list: 'items', place: 1, empty: 'nothing' },
      { items: ['a', 'nothing', 'c'] },
      { items: ['a', 'c'] },
    ],
  ];

  it.each(cases)('%s, and back', (_what, step, ours, theirs) => {
    expect(ready(step).toTheirs({ ...ours })).toEqual(theirs);
    expect(ready(step).toOurs({ ...theirs })).toEqual(ours);
  });

  it('misses a value that should move, when it goes and not when it comes', () => {
    const step = ready({ kind: 'move', places: [['data.slot', 'slot']] });
    expect(() => step.toTheirs({ data: { data: 5 } })).toThrow(/\[missing_field\] CLI_TEST.data.slot/);
    expect(step.toOurs({ id: 1 })).toEqual({ id: 1 });
  });

  it('changes the unit, and never says that less is left than there is', () => {
    const step = ready({ kind: 'scale', field: 'left', factor: 60_000 });
    expect(step.toTheirs({ left: 1 })).toEqual({ left: 60_000 });
    expect([0, 1, 60_000, 65_535].map((left) => step.toOurs({ left }).left)).toEqual([0, 1, 1, 2]);
    expect(step.toTheirs({})).toEqual({});
  });

  it('clears flags, all 32 bits of them, and what comes is as it is', () => {
    const step = ready({ kind: 'clear', field: 'status', flags: 0x40 });
    expect(step.toTheirs({ status: 0xc000_0041 })).toEqual({ status: 0xc000_0001 });
    expect(step.toOurs({ status: 0x41 })).toEqual({ status: 0x41 });
    expect(step.toTheirs({})).toEqual({});
  });

  it('takes away what only they have, whichever way it goes', () => {
    const step = ready({ kind: 'only-theirs', field: 'target' });
    expect(step.toOurs({ index: 1, target: 2 })).toEqual({ index: 1 });
    expect(step.toTheirs({ index: 1, target: 2 })).toEqual({ index: 1 });
  });
});
