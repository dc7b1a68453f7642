import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { regionUnderTest } from '../../functions/items/testing/region.ts';
import { aSignal } from '../../shared/kit/testing/index.ts';
import {
  createAccountService,
  createAuthService,
  createCharacterService,
  readAuthSettings,
} from '../../shared/services/builtin/index.ts';
import type { CharacterService } from '../../shared/services/index.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

/** Times that each race is run. */
const TIMES = 200;
const NOW = Date.now();
const SECRET = 'a-secret-of-at-least-32-characters!';

let engine: TestEngine;
let characters: CharacterService;
let count = 0;
beforeAll(async () => {
  engine = await startTestEngine();
  characters = createCharacterService(engine.store);
});
afterAll(() => engine.stop());

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
}, 60_000);

test(`two logins of one account: exactly one session is left, ${TIMES} times`, async () => {
  const settings = { ...readAuthSettings({}), TOKEN_SECRET: SECRET };
  const two = [createAuthService(engine.store, settings), createAuthService(engine.store, settings)];
  const accounts = createAccountService(engine.store);
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
}, 60_000);

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
    const results = await Promise.all(
      pickers.map(async (characterId, side) => {
        const actor = regionUnderTest(engine.store, 20, region, { id: `edge${side}-${n}`, now: NOW });
        await actor.signal('ground.dropped');
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
