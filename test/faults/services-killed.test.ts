import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCharacterService } from '../../shared/services/builtin/index.ts';
import { remoteCharacters } from '../../shared/services/remote/index.ts';
import { twoPlayersMeet } from '../e2e/scenario.ts';
import { S } from '../e2e/support/packets.ts';
import { Player } from '../e2e/support/player.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { Service } from '../support/service.ts';
import { freePort, type ServicesProcess, startServices } from '../support/services-process.ts';

const LOGIN = { OK: 0, FAILED: 1 };
const TOKEN = 'token-between-the-two';

let engine: TestEngine;
let port: number;
let services: ServicesProcess;
let service: Service;

const start = () =>
  startServices(['--port', String(port)], {
    ...engine.environment,
    SERVICE_TOKEN: TOKEN,
    AUTO_CREATE_ACCOUNTS: 'true',
  });

beforeAll(async () => {
  engine = await startTestEngine();
  port = await freePort();
  services = await start();
  const { url } = services;
  service = await Service.start({
    environment: {
      ...engine.environment,
      AUTH_SERVICE_URL: url,
      CHARACTER_SERVICE_URL: url,
      WORLD_SERVICE_URL: url,
      SERVICE_TOKEN: TOKEN,
      // The services decide; here it must mean nothing.
      AUTO_CREATE_ACCOUNTS: 'false',
    },
  });
});
afterAll(async () => {
  expect(await service.stop()).toBe(0);
  expect(await services.stop()).toBe(0);
  await engine.stop();
});

test('two players play on services that run elsewhere', () => twoPlayersMeet(service));

test('when those are killed players are told at once, whoever plays plays on, and all is well when they are back', async () => {
  const anna = await new Player({ port: service.port, account: 'anna' }).play('Anna');
  await services.stop('SIGKILL');
  for (let n = 0; n < 4; n += 1) {
    const began = performance.now();
    const stranger = new Player({ port: service.port, account: `late${n}` });
    expect(await stranger.logIn()).toBe(LOGIN.FAILED);
    expect(performance.now() - began).toBeLessThan(4_000);
    stranger.drop();
  }
  anna.walkTo(anna.x + 200, anna.y);
  anna.say('still here');
  await anna.world.take(S.CHAT);
  services = await start();
  const until = performance.now() + 15_000;
  let result = LOGIN.FAILED;
  while (result === LOGIN.FAILED && performance.now() < until) {
    const player = new Player({ port: service.port, account: 'bert' });
    result = await player.logIn();
    player.drop();
    await sleep(100);
  }
  expect(result).toBe(LOGIN.OK);
  expect(await anna.logOut()).toBe(0);
});

test('characters that are being made while the services are killed are made once, whenever they are asked for again', async () => {
  const characters = remoteCharacters({ url: services.url, token: TOKEN, deadline: 2_000 });
  const request = (n: number) => ({
    userId: `maker${n}`,
    right: 1,
    name: `Maker${n}`,
    race: 0,
    face: 0,
    hair: 0,
    now: Date.now(),
    step: `maker-${n}`,
  });
  const many = Array.from({ length: 30 }, (_, n) => n);
  await characters.list({ userId: 'warm', now: Date.now() });
  const first = many.map((n) => characters.create(request(n)));
  await Promise.race(first);
  await services.stop('SIGKILL');
  const early = await Promise.all(first);
  services = await start();
  const known = createCharacterService(engine.store);
  for (const n of many) {
    let outcome = await characters.create(request(n));
    for (let tries = 0; outcome.code === 'down' && tries < 100; tries += 1) {
      await sleep(100);
      outcome = await characters.create(request(n));
    }
    expect(outcome.code).toBe('ok');
    if (early[n]?.code === 'ok') expect(outcome).toEqual(early[n]);
    const listed = await known.list({ userId: `maker${n}`, now: Date.now() });
    expect(listed.code === 'ok' && listed.characters.map(({ name }) => name)).toEqual([`Maker${n}`]);
  }
  expect(early.some(({ code }) => code === 'down')).toBe(true);
});
