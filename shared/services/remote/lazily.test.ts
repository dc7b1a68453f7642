import { expect, test } from 'vitest';
import { lazily } from './lazily.ts';

interface Greeter {
  greet(request: { readonly name: string }): Promise<string>;
}

test('nothing is loaded before the first call, and once for all', async () => {
  let loads = 0;
  const greeter = lazily<Greeter>({ greet: 1 }, async () => {
    loads += 1;
    return { greet: async ({ name }) => `hello ${name}` };
  });
  expect(loads).toBe(0);
  expect(await Promise.all([greeter.greet({ name: 'a' }), greeter.greet({ name: 'b' })])).toEqual([
    'hello a',
    'hello b',
  ]);
  expect(loads).toBe(1);
});

test('what could not be loaded is tried again at the next call', async () => {
  let loads = 0;
  const greeter = lazily<Greeter>({ greet: 1 }, async () => {
    loads += 1;
    if (loads === 1) throw new Error('the disk is busy');
    return { greet: async ({ name }) => `hello ${name}` };
  });
  await expect(greeter.greet({ name: 'a' })).rejects.toThrow('the disk is busy');
  expect(await greeter.greet({ name: 'b' })).toBe('hello b');
});
