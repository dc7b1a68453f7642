import { describe, expect, it } from 'vitest';
import { coversKey, grantsOf, KEY_PATTERN } from './grants.ts';

describe('grants', () => {
  it.each([
    ['clan#*', 'clan#1', true],
    ['clan#*', 'clan#', true],
    ['clan#*', 'clan-name#1', false],
    ['schema', 'schema', true],
    ['schema', 'schema#2', false],
    ['*', 'anything', true],
  ])('%s and %s: %s', (pattern, pk, covered) => {
    expect(coversKey(pattern, pk)).toBe(covered);
  });

  it('of several parts are those of all of them', () => {
    const one = { world: { 'a#*': ['read'], b: ['write'] } } as const;
    const other = { world: { 'a#*': ['write'] }, sessions: { '*': ['read'] } } as const;
    expect(grantsOf(one, other, one)).toEqual({
      world: { 'a#*': ['read', 'write'], b: ['write'] },
      sessions: { '*': ['read'] },
    });
    expect(grantsOf()).toEqual({});
  });

  it.each(['a*b', 'a?', 'user#$x', '**'])('%s is no key: a policy would read it otherwise', (key) => {
    expect(KEY_PATTERN.test(key)).toBe(false);
  });
});
