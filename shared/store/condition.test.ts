import { expect, test } from 'vitest';
import { allOf, anyOf, atLeast, equals, exists } from './condition.ts';

test('two conditions on one attribute keep their values apart', () => {
  expect(anyOf(equals('a', 1), equals('a', 2), equals('a', 1))).toEqual({
    expression: '#a = :is_a OR #a = :is_a_2 OR #a = :is_a',
    names: { '#a': 'a' },
    values: { ':is_a': 1, ':is_a_2': 2 },
  });
});

test('however they are nested', () => {
  const one = allOf(equals('a', 1), atLeast('b', 5));
  const other = allOf(equals('a', 2), atLeast('b', 6));
  expect(allOf(exists, anyOf(one, other, equals('a', 3)))).toEqual({
    expression:
      'attribute_exists(#pk) AND ((#a = :is_a AND #b >= :least_b) OR (#a = :is_a_2 AND #b >= :least_b_2) OR #a = :is_a_3)',
    names: { '#pk': 'pk', '#a': 'a', '#b': 'b' },
    values: { ':is_a': 1, ':is_a_2': 2, ':is_a_3': 3, ':least_b': 5, ':least_b_2': 6 },
  });
});

test('an alias that is the beginning of another is not taken for it', () => {
  const both = allOf(equals('a', 1), allOf(equals('a', 2), equals('ab', 3)));
  expect(both.expression).toBe('#a = :is_a AND (#a = :is_a_2 AND #ab = :is_ab)');
});
