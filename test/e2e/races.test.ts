import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { family as combat } from '../../functions/combat/family.ts';
import { regionUnderTest } from '../../functions/items/testing/region.ts';
import { aSignal, testFamily } from '../../shared/kit/testing/index.ts';
import type { Mob } from '../../shared/sections/index.ts';
import {
  createAccountService,
  createAuthService,
  createCharacterService,
  createWorldService,
  readAuthSettings,
} from '../../shared/services/builtin/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';

/** Times that each race is run. */
const TIMES = 200;
const NOW = Date.now();
const SECRET = 'a-secret-of-at-least-32-characters!';

let database: TestDatabase;
let characters: CharacterService;
let count = 0;
beforeAll(async () => {
  database = await startDatabase();
  characters = createCharacterService(database.store);
});
afterAll(() => database.stop());

const next = () => {
  count += 1;
  return count;
};

/** Runs a race so many times, some of them side by side. */
async function times(run: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; n < TIMES; n += 4) await Promise.all([n, n + 1, n + 2, n + 3].map(run));
}

function create(name: string) {
  const userId = `u${next()}`;
  const looks = { right: 1, race: 0, face: 0, hair: 0 };
  return characters.create({ ...looks, userId, name, now: NOW, step: `create-${count}` });
}

async function person(): Promise<string> {
  const made = await create(`Racer${next()}`);
  if (made.code !== 'ok') throw new Error(made.code);
  return made.id;
}

test(`two creators of one name: exactly one gets it, ${TIMES} times`, async () => {
  await times(async (n) => {
    const spellings = [`Wanted${n}`, `WANTED${n}`];
    const codes = (await Promise.all(spellings.map(create))).map(({ code }) => code);
    expect(codes.sort()).toEqual(['name_taken', 'ok']);
  });
}, 120_000);

test(`two logins of one account: exactly one session is left, ${TIMES} times`, async () => {
  const settings = { ...readAuthSettings({}), TOKEN_SECRET: SECRET };
  const two = [createAuthService(database.store, settings), createAuthService(database.store, settings)];
  const accounts = createAccountService(database.store);
  const name = 'double';
  await accounts.add({ name, password: 'correct', right: 1, now: NOW });
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  for (let n = 0; n < TIMES; n += 1) {
    const logins = two.map((auth) => {
      const id = next();
      return auth.loginWithToken({
        token,
        address: `10.1.${n}.${id % 250}`,
        connectionId: `login-${id}`,
        now: Date.now(),
        step: `login-${id}`,
      });
    });
    const grants = (await Promise.all(logins)).flatMap((one) => (one.code === 'ok' ? [one.session] : []));
    expect(grants.length).toBeGreaterThan(0);
    const alive = await Promise.all(
      grants.map((grant, k) => two[k % 2]?.renew({ ...grant, now: Date.now(), step: `renew-${n}` })),
    );
    expect(alive.filter((one) => one?.code === 'ok')).toHaveLength(1);
  }
}, 120_000);

test(`two pickers of one thing, at two processes that both show it: exactly one gets it, ${TIMES} times`, async () => {
  const pickers = await Promise.all([person(), person()]);
  let given = 0;
  for (let n = 0; n < TIMES; n += 1) {
    const region = `${n},7`;
    const lying = { map: 20, region, id: `row${n}`, x: 10, y: 10, ownerId: null, ownerObject: 0 };
    const row = { ...lying, money: '7', droppedAt: NOW, freeAt: NOW, goneAt: NOW + 300_000 };
    const put = await characters.settle({
      now: NOW,
      step: `put-${n}`,
      parts: [{ kind: 'ground-put', row }],
      minted: [{ reason: 'test', money: '7' }],
    });
    expect(put.code).toBe('ok');
    const sides = await Promise.all(
      pickers.map(async (characterId, side) => {
        const actor = regionUnderTest(database.store, 20, region, { id: `edge${side}-${n}`, now: NOW });
        await actor.signal('ground.dropped');
        return { characterId, actor };
      }),
    );
    const results = await Promise.all(
      sides.map(async ({ characterId, actor }) => {
        const [objectId] = Object.keys(actor.sections.ground?.shown ?? {});
        const outcome = await actor.turn(
          aSignal('ground.pick', { characterId, x: 10, y: 10 }, {}, `object/20/${objectId}`),
        );
        return outcome.signal('items.picked').payload.result;
      }),
    );
    expect([...results].sort()).toEqual([0, 1]);
    given += 7;
  }
  const read = await characters.possessions({ characterIds: pickers });
  if (read.code !== 'ok') throw new Error(read.code);
  const purses = pickers.map((id) => Number(read.inventories[id]?.zuly));
  expect(purses.reduce((sum, zuly) => sum + zuly, 0)).toBe(2_000 + given);
}, 120_000);

/** A monster of the field that the next blow kills. */
function dying(objectId: number): Mob {
  const at = { x: 500_000, y: 500_000 };
  const rest = { speed: 0, start: NOW, actAt: NOW + 60_000, nextHit: 0, wanderAt: NOW + 60_000 };
  const life = { hp: 1, mode: 'idle', target: 0, grudges: {}, effects: [] } as const;
  return { spawn: 0, slot: 0, kind: 1, objectId, home: at, ...at, ...rest, ...life };
}

test(`two killers of one monster: exactly one is told that it killed it, and it leaves its things once, ${TIMES} times`, async () => {
  const services = { economy: characters, world: createWorldService(database.store) };
  const address = 'actor/map/22/25,25';
  let killed = 0;
  let drops = 0;
  for (let n = 0; n < TIMES; n += 1) {
    const objectId = 2_000 + n;
    const actor = testFamily(combat, {
      id: `field-${n}`,
      now: NOW,
      seed: n + 1,
      services,
      actor: address,
      characterId: address,
      stage: 'actor',
      epoch: 1,
      sections: { monsters: { mobs: { [objectId]: dying(objectId) }, players: {} } },
    });
    const blow = (by: number) => ({
      by,
      byId: `hero${by}`,
      connection: `conn${by}`,
      x: 500_000,
      y: 500_000,
      reach: 300,
      skill: 0,
      level: 200,
      attack: 5_000,
      hit: 100_000,
      critical: 0,
      power: 100,
      effect: null,
      partyId: null,
    });
    const strike = (by: number) => aSignal('combat.strike', blow(by), {}, `object/22/${objectId}`);
    const results = [
      await actor.turn(strike(1 + (n % 2)), strike(2 - (n % 2)), strike(1)),
      await actor.turn(strike(2)),
    ];
    const told = results.flatMap(({ signals }) => signals).filter(({ name }) => name === 'combat.struck');
    expect(told).toHaveLength(4);
    const deaths = told.filter(({ payload }) => payload.verdict === 'killed');
    expect(deaths).toHaveLength(1);
    killed += deaths.length;
    drops +=
      results.flatMap(({ signals }) => signals).filter(({ name }) => name === 'ground.dropped').length > 0
        ? 1
        : 0;
  }
  expect(killed).toBe(TIMES);
  let receipts = 0;
  for await (const row of database.store.scan('sessions'))
    if (row.pk.startsWith('receipt#field-')) receipts += 1;
  expect(receipts).toBe(drops);
  expect(drops).toBeGreaterThan(0);
}, 120_000);
