import { expect, test } from 'vitest';
import type { ShopContext } from './sections.ts';
import { answered, waitFor } from './waiting.ts';

test('what another version keeps in the section stays there while deals come and go', () => {
  const first = { key: 'a', shop: 1 };
  const second = { key: 'b', shop: 2 };
  const during = (waiting: readonly object[]) =>
    ({ now: 1000, sections: { deals: { waiting, later: 99 } } }) as unknown as ShopContext;
  expect(waitFor(during([first]), second)?.state?.sections?.deals).toEqual({
    waiting: [first, second],
    later: 99,
  });
  expect(answered(during([first, second]), 'a').state?.sections?.deals).toEqual({
    waiting: [second],
    later: 99,
  });
  expect(answered(during([first]), 'a').state?.sections?.deals).toEqual({ waiting: [], later: 99 });
  const alone = { now: 1000, sections: { deals: { waiting: [first] } } } as unknown as ShopContext;
  expect(answered(alone, 'a').state?.sections?.deals).toBeNull();
});
