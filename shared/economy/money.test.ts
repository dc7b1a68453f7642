import { describe, expect, test } from 'vitest';
import { amountOf, isMoney, MAX_MONEY } from './money.ts';

describe('money', () => {
  test.each(['0', '7', '10', MAX_MONEY.toString()])('is %s', (value) => {
    expect(isMoney(value)).toBe(true);
  });

  test.each(['', '-1', '+1', '01', '1.5', '1e3', ' 1', (MAX_MONEY + 1n).toString(), 1, null])(
    'is not %j',
    (value) => {
      expect(isMoney(value)).toBe(false);
    },
  );

  test('an amount that a client names is above 0, and such that money can be', () => {
    expect([amountOf(1), amountOf('25'), amountOf(MAX_MONEY.toString())]).toEqual([1n, 25n, MAX_MONEY]);
    for (const none of [0, '0', -5, 1.5, 1e21, Number.NaN, '', 'all', (MAX_MONEY + 1n).toString()]) {
      expect(amountOf(none)).toBeUndefined();
    }
  });
});
