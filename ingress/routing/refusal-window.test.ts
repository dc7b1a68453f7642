import { expect, it } from 'vitest';
import { RefusalWindow } from './refusal-window.ts';

it('counts the refusals of the last minute, and forgets each when it is a minute old', () => {
  const window = new RefusalWindow();
  expect([0, 10, 59_999, 60_000, 60_009, 60_010, 200_000].map((now) => window.add(now))).toEqual([
    1, 2, 3, 3, 4, 4, 1,
  ]);
});
