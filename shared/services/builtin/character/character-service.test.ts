import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { characterService } from '../../../../test/support/services.ts';
import { useTestEngine } from '../../../../test/support/use-engine.ts';
import { coreKey, sectionValue } from '../../../store/index.ts';
import { SLOTS } from '../../../world/item-types.ts';
import type { CharacterService, CharacterSummary, CreateRequest } from '../../character.ts';

const DAY = 24 * 60 * 60 * 1000;

const engine = useTestEngine();
let characters: CharacterService;
let count = 0;
let userId = '';
let now = Date.now();

beforeAll(async () => {
  characters = characterService(engine.store);
});
beforeEach(() => {
  userId = `user${next()}`;
  now = Date.now();
});

function next(): number {
  count += 1;
  return count;
}

function make(over: Partial<CreateRequest> = {}) {
  const request = {
    userId,
    right: 1,
    name: `Hero${next()}`,
    race: 0,
    face: 1,
    hair: 2,
    now,
    step: `step-${count}`,
  };
  return characters.create({ ...request, ...over });
}

async function made(over: Partial<CreateRequest> = {}): Promise<string> {
  const outcome = await make(over);
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  return outcome.id;
}

async function listed(user = userId): Promise<readonly CharacterSummary[]> {
  const outcome = await characters.list({ userId: user, now });
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  return outcome.characters;
}

const call = () => ({ now, step: `call-${next()}` });

describe('creation', () => {
  test('a new character has level 1, 1,000 zuly, stats 10, clothes, a weapon, a thing and ten potions', async () => {
    await made({ name: 'Newcomer', race: 1, face: 3, hair: 4, right: 256 });
    const [summary] = await listed();
    expect(summary).toMatchObject({
      name: 'Newcomer',
      remainingSeconds: 0,
      character: { level: 1, xp: '0', race: 1, face: 3, hair: 4, job: 0, right: 256 },
      inventory: { version: 1, zuly: '1000' },
    });
    expect(Object.values(summary?.character.stats ?? {})).toEqual([10, 10, 10, 10, 10, 10]);
    const slots = Object.entries(summary?.inventory.slots ?? {});
    const bag = slots
      .filter(([slot]) => Number(slot) >= SLOTS.bagFirst && Number(slot) <= SLOTS.bagLast)
      .map(([, item]) => item);
    expect(slots.some(([slot]) => slot === '7')).toBe(true);
    expect(bag.filter((item) => item.kind === 'single').length).toBeGreaterThanOrEqual(1);
    expect(bag.filter((item) => item.kind === 'stack' && item.count === 10)).toHaveLength(1);
    const identities = slots.map(([, item]) => item.uid);
    expect(new Set(identities).size).toBe(identities.length);
  });

  test('its core item is one that a connection can take over', async () => {
    const id = await made();
    const core = await engine.store.get('characters', coreKey(id));
    expect(core).toMatchObject({ epoch: 0, userId });
    expect(core && sectionValue(core, 'vitals')).toMatchObject({ hp: 81, mp: 55, combatAt: 0 });
  });

  test.each([
    ['A', 'invalid_value'],
    ['twenty5lettersAreTooMany12', 'invalid_value'],
    ['two words', 'invalid_value'],
    ['Jürgen', 'invalid_value'],
    ['', 'invalid_value'],
    ['SERVER', 'blocked'],
  ])('the name %j is refused: %s', async (name, code) => {
    expect(await make({ name })).toEqual({ code });
  });

  test.each([{ race: 2 }, { hair: 16 }, { face: 16 }])(
    'looks outside the range are refused: %j',
    async (over) => {
      expect(await make(over)).toEqual({ code: 'invalid_value' });
    },
  );

  test('names are unique without case, over all accounts', async () => {
    await made({ name: 'Unique1' });
    expect(await make({ name: 'uNIQUE1', userId: `${userId}b` })).toEqual({ code: 'name_taken' });
  });

  test('of many that want one name in the same moment one gets it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const name = `Wanted${next()}`;
      const rivals = Array.from({ length: 6 }, (_, n) =>
        make({ name, userId: `${userId}-${round}-${n}`, step: `${name}-${n}` }),
      );
      const codes = (await Promise.all(rivals)).map((outcome) => outcome.code).sort();
      expect(codes).toEqual(['name_taken', 'name_taken', 'name_taken', 'name_taken', 'name_taken', 'ok']);
    }
  });

  test('an account has at most five, also when all are asked for at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 7 }, () => make()));
    expect(outcomes.filter(({ code }) => code === 'ok')).toHaveLength(5);
    expect(outcomes.filter(({ code }) => code === 'too_many_characters')).toHaveLength(2);
    expect(await listed()).toHaveLength(5);
  });

  test('a creation that is run twice makes one character', async () => {
    const step = `twice-${next()}`;
    const name = `Twice${count}`;
    const first = await make({ name, step });
    expect(await make({ name, step })).toEqual(first);
    expect(await listed()).toHaveLength(1);
  });
});

describe('deletion', () => {
  test('takes 24 hours, can be taken back, and asking again does not prolong it', async () => {
    const characterId = await made({ name: 'Leaver' });
    expect(await characters.remove({ userId, characterId, ...call() })).toEqual({
      code: 'ok',
      remainingSeconds: 86_400,
    });
    now += DAY / 2;
    expect(await characters.remove({ userId, characterId, ...call() })).toEqual({
      code: 'ok',
      remainingSeconds: 43_200,
    });
    expect(await characters.playable({ userId, characterId, now })).toEqual({ code: 'being_deleted' });
    expect((await listed())[0]).toMatchObject({ remainingSeconds: 43_200 });
    expect(await characters.restore({ userId, characterId, ...call() })).toEqual({ code: 'ok' });
    now += DAY * 2;
    expect(await characters.playable({ userId, characterId, now })).toEqual({ code: 'ok', name: 'Leaver' });
  });

  test('afterwards the character is gone with all that is its own, and the name is free', async () => {
    const characterId = await made({ name: 'Goner1' });
    const { pk } = coreKey(characterId);
    await engine.store.put('characters', { pk, sk: 'mail#1', text: 'of a family that does not exist yet' });
    await characters.remove({ userId, characterId, ...call() });
    now += DAY - 1;
    expect(await make({ name: 'Goner1', userId: `${userId}b` })).toEqual({ code: 'name_taken' });
    now += 1;
    expect((await make({ name: 'Goner1', userId: `${userId}b` })).code).toBe('ok');
    expect(await engine.store.query('characters', { pk })).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  test('one that is over is neither listed nor found nor playable', async () => {
    const characterId = await made({ name: 'Faded1' });
    await characters.remove({ userId, characterId, ...call() });
    now += DAY;
    expect(await characters.playable({ userId, characterId, now })).toEqual({ code: 'unknown_character' });
    expect(await characters.findByName({ name: 'Faded1', now })).toEqual({ code: 'unknown_character' });
    expect(await listed()).toEqual([]);
  });

  test('concerns the own characters only', async () => {
    const characterId = await made();
    const stranger = { userId: `${userId}x`, characterId };
    expect(await characters.remove({ ...stranger, ...call() })).toEqual({ code: 'unknown_character' });
    expect(await characters.restore({ ...stranger, ...call() })).toEqual({ code: 'unknown_character' });
    expect(await characters.playable({ ...stranger, now })).toEqual({ code: 'unknown_character' });
  });
});

test('a character is found by its name without case', async () => {
  const id = await made({ name: 'Findable' });
  expect(await characters.findByName({ name: 'fINDABLE', now })).toEqual({
    code: 'ok',
    id,
    name: 'Findable',
    userId,
  });
  expect(await characters.findByName({ name: 'Nobody', now })).toEqual({ code: 'unknown_character' });
});
