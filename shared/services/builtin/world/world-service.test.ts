import { beforeAll, beforeEach, expect, test } from 'vitest';
import { worldService } from '../../../../test/support/services.ts';
import { useTestEngine } from '../../../../test/support/use-engine.ts';
import { coreKey, newCore } from '../../../store/index.ts';
import type { ObjectRequest, WorldService } from '../../world.ts';
import { candidate, FIRST_OBJECT_ID } from './object-ids.ts';

const engine = useTestEngine();
let service: WorldService;
let count = 0;
let map = 0;
let now = Date.now();

beforeAll(async () => {
  service = worldService(engine.store);
});
beforeEach(() => {
  map = next();
  now = Date.now();
});

function next(): number {
  count += 1;
  return count;
}

async function allocate(over: Partial<ObjectRequest> = {}): Promise<number> {
  const n = next();
  const request = { map, characterId: `hero${n}`, connectionId: `c-${n}`, epoch: 1, now, step: `step-${n}` };
  const outcome = await service.allocateObject({ ...request, ...over });
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  return outcome.objectId;
}

/** A step whose first candidate is the same id as another step's. */
function stepMeeting(objectId: number): string {
  for (let n = 0; ; n += 1) if (candidate(`rival-${n}`, 0) === objectId) return `rival-${n}`;
}

test('ids are unique among the living, from 1,024 on, and lead to their connection', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, () => allocate()));
  expect(new Set(ids).size).toBe(40);
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(FIRST_OBJECT_ID);
  expect(Math.max(...ids)).toBeLessThanOrEqual(65_535);
  const id = await allocate({ characterId: 'anna', connectionId: 'c-anna' });
  expect(await service.findObject({ map, objectId: id })).toEqual({
    code: 'ok',
    characterId: 'anna',
    connectionId: 'c-anna',
  });
  expect(await service.findObject({ map: map + 1000, objectId: id })).toEqual({ code: 'unknown_object' });
});

test('two that try the same id at once get two different ones', async () => {
  const first = await allocate();
  const step = stepMeeting(first);
  await engine.store.put('characters', newCore('hero-living', {}, {}));
  expect(await allocate({ step })).not.toBe(first);
});

test('an id that was freed rests for a minute', async () => {
  const objectId = await allocate({ characterId: 'anna' });
  const step = stepMeeting(objectId);
  expect(await service.freeObject({ map, objectId, characterId: 'bert', now })).toEqual({ code: 'ok' });
  expect((await service.findObject({ map, objectId })).code).toBe('ok');
  await service.freeObject({ map, objectId, characterId: 'anna', now });
  expect(await service.findObject({ map, objectId })).toEqual({ code: 'unknown_object' });
  now += 59_999;
  expect(await allocate({ step })).not.toBe(objectId);
  now += 1;
  expect(await allocate({ step, characterId: 'carl' })).toBe(objectId);
});

test('an allocation that is run twice takes one id', async () => {
  const step = `twice-${next()}`;
  const request = { characterId: 'anna', step };
  const first = await allocate(request);
  expect(await allocate(request)).toBe(first);
});

test('coming back lays the id to rest that a crash left in use', async () => {
  const lost = await allocate({ characterId: 'anna', epoch: 1 });
  const fresh = await allocate({ characterId: 'anna', epoch: 2 });
  expect(fresh).not.toBe(lost);
  expect(await service.findObject({ map, objectId: lost })).toEqual({ code: 'unknown_object' });
  expect((await service.findObject({ map, objectId: fresh })).code).toBe('ok');
});

test('whoever meets an id of a holder that has gone on lays it to rest, but not one of the living', async () => {
  const characterId = `gone${next()}`;
  await engine.store.put('characters', { ...newCore(characterId, {}, {}), epoch: 5 });
  const objectId = await allocate({ characterId, epoch: 5 });
  const step = stepMeeting(objectId);
  await allocate({ step });
  expect((await service.findObject({ map, objectId })).code).toBe('ok');
  await engine.store.update('characters', coreKey(characterId), { set: { epoch: 6 } });
  await allocate({ step, characterId: 'other' });
  expect(await service.findObject({ map, objectId })).toEqual({ code: 'unknown_object' });
});
