import { expect, test } from 'vitest';
import { testFamily } from '../../../shared/kit/testing/index.ts';
import { WISH_SLOTS } from '../../../shared/sections/wishes.ts';
import { openStore } from '../../../shared/store/index.ts';
import { characterService } from '../../../test/support/services.ts';
import { family } from '../family.ts';

/** Wishes touch no store. */
async function player() {
  const store = openStore({ DYNAMODB_ENDPOINT: 'http://127.0.0.1:1', AWS_REGION: 'us-east-1' });
  return testFamily(family, { services: { economy: characterService(store) }, sections: {} });
}

const sword = { header: { header: 0x1234 }, data: { count: 77 } };
const nothing = { header: { header: 0 }, data: { count: 0 } };

test('a wish is kept in its slot, replaced, and taken out by an empty item', async () => {
  const under = await player();
  await under.packet('CLI_WISHLIST_ADD', { index: 3, item: sword });
  const two = await under.packet('CLI_WISHLIST_ADD', { index: WISH_SLOTS - 1, item: sword });
  expect(two.sections.wishes).toEqual({
    slots: { 3: { header: 0x1234, data: 77 }, 29: { header: 0x1234, data: 77 } },
  });
  const one = await under.packet('CLI_WISHLIST_ADD', { index: 3, item: nothing });
  expect(one.sections.wishes).toEqual({ slots: { 29: { header: 0x1234, data: 77 } } });
});

test('a slot beyond the list is refused', async () => {
  const result = await (await player()).packet('CLI_WISHLIST_ADD', { index: WISH_SLOTS, item: sword });
  expect(result.refused).toBe('bad_slot');
});
