import { expect, test } from 'vitest';
import { AUTH_SETTINGS } from './builtin/index.ts';
import { openAuth, openBacking, openCharacters, openWorld, serviceSettings } from './open-services.ts';

const NOWHERE = 'http://127.0.0.1:9';
const grants = {};

test('a service is remote where its URL is set, with the token and the shorter of the two patiences', () => {
  const environment = {
    AUTH_SERVICE_URL: NOWHERE,
    SERVICE_TOKEN: 'a-token-of-16-chars',
    SERVICE_TIMEOUT: '700',
  };
  const token = 'a-token-of-16-chars';
  expect(openBacking(environment, { grants }).remote('auth')).toEqual({ url: NOWHERE, token, deadline: 700 });
  expect(openBacking(environment, { grants }).remote('character')).toBeNull();
  const patience = { within: 300, first: 1, longest: 1 };
  expect(openBacking(environment, { grants, patience }).remote('auth')?.deadline).toBe(300);
});

test('all three open without a database when all three are remote', async () => {
  const environment = {
    AUTH_SERVICE_URL: NOWHERE,
    CHARACTER_SERVICE_URL: NOWHERE,
    WORLD_SERVICE_URL: NOWHERE,
  };
  const backing = openBacking(environment, { grants });
  const strict = {
    ...backing,
    store: () => {
      throw new Error('a store was opened');
    },
  };
  const outcomes = await Promise.all([
    openAuth(strict).servers(),
    openCharacters(strict).playable({ userId: 'u', characterId: 'c', now: 0 }),
    openWorld(strict).findObject({ map: 1, objectId: 1 }),
  ]);
  expect(outcomes.map(({ code }) => code)).toEqual(['down', 'down', 'down']);
});

test('the built-in ones share one store', () => {
  const backing = openBacking({ DYNAMODB_ENDPOINT: NOWHERE }, { grants });
  expect(backing.store()).toBe(backing.store());
  backing.store().close();
});

test('a family gets no further than its grants, a tool of the operators everywhere', async () => {
  const environment = { DYNAMODB_ENDPOINT: NOWHERE };
  const key = { pk: 'account#anna', sk: 'core' };
  const patience = { within: 1, first: 1, longest: 1 };
  await expect(openBacking(environment, { grants }).store().get('accounts', key)).rejects.toThrow(
    'no read of account#anna',
  );
  await expect(
    openBacking(environment, { grants: 'everything', patience }).store().get('accounts', key),
  ).rejects.toThrow('database_down');
});

test.each([
  ['AUTH_SERVICE_URL', 'ftp://127.0.0.1'],
  ['SERVICE_TOKEN', 'short'],
  ['SERVICE_TIMEOUT', '1'],
])('%s=%s is refused', (name, value) => {
  expect(() => openBacking({ [name]: value }, { grants })).toThrow(name);
});

test('a manifest names what its services read, and no more', () => {
  expect(serviceSettings('world')).toContain('WORLD_SERVICE_URL');
  expect(serviceSettings('world')).not.toContain('AUTH_SERVICE_URL');
  expect(serviceSettings('auth', 'character')).toEqual(
    expect.arrayContaining([...AUTH_SETTINGS, 'AUTH_SERVICE_URL', 'CHARACTER_SERVICE_URL', 'SERVICE_TOKEN']),
  );
});
