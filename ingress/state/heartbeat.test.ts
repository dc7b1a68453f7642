import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../shared/store/index.ts';
import { type CountingMeter, countingMeter } from '../../test/support/counting-meter.ts';
import { silentLog } from '../../test/support/engine.ts';
import { type ManualClock, manualClock } from '../../test/support/manual-clock.ts';
import { injectFaults, type StoreFaults } from '../../test/support/store-faults.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { heartbeatKey } from './heartbeat.ts';
import { createHeartbeat, type HeartbeatService } from './index.ts';
import { Liveness } from './liveness.ts';

const engine = useTestEngine();
let store: Store;
let faults: StoreFaults;
let clock: ManualClock;
let own: HeartbeatService;
let meter: CountingMeter;
let logged: string[];

beforeEach(async () => {
  store = openStore(engine.environment, { patience: { within: 0, first: 1, longest: 1 } });
  faults = injectFaults(store);
  clock = manualClock(Date.now());
  meter = countingMeter();
  logged = [];
  const note = (_facts: object, message: string) => void logged.push(message);
  const log = { ...silentLog, info: note, error: note };
  own = createHeartbeat({ store, ingressId: 'own', meter, log, clock });
  await own.start();
});
afterEach(async () => {
  faults.choose = () => undefined;
  await own.stop();
  store.close();
});

/** Turns the clock on in steps of a beat; after each the requests that it set off come to their end. */
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 5_000) {
    const before = clock.planned;
    clock.advance(5_000);
    await vi.waitFor(() => expect(clock.planned).toBe(before), { interval: 2 });
  }
}

const counterOf = async (id: string) => (await engine.store.get('sessions', heartbeatKey(id)))?.counter;

describe('the own heartbeat', () => {
  it('counts on every five seconds', async () => {
    expect(await counterOf('own')).toBe(1);
    await pass(15_000);
    expect(await counterOf('own')).toBe(4);
    expect(own.healthy).toBe(true);
  });

  it('stops durable turns when it was not renewed for 15 s, and recovers by itself', async () => {
    faults.choose = (command) => (command === 'PutItemCommand' ? 'lost-request' : undefined);
    await pass(10_000);
    expect(own.healthy).toBe(true);
    await pass(5_000);
    expect(own.healthy).toBe(false);
    faults.choose = () => undefined;
    await pass(5_000);
    expect(own.healthy).toBe(true);
  });

  it('says once that it is lost and once that it is back, and always how old it is', async () => {
    faults.choose = (command) => (command === 'PutItemCommand' ? 'lost-request' : undefined);
    await pass(25_000);
    expect(logged).toEqual(['the heartbeat cannot be renewed: durable turns stop']);
    expect(meter.total('heartbeat_age_seconds')).toBe(25);
    faults.choose = () => undefined;
    await pass(10_000);
    expect(logged.slice(1)).toEqual(['the heartbeat is renewed again: durable turns go on']);
    expect(meter.total('heartbeat_age_seconds')).toBe(0);
  });

  it('is kept for a day, so that whoever watches it sees that it stands still', async () => {
    const item = await engine.store.get('sessions', heartbeatKey('own'));
    expect(Number(item?.expires) - clock.now() / 1000).toBeCloseTo(86_400, -1);
  });

  it('counts the age from before the write, so that a late answer is not taken for fresh', async () => {
    let during = 0;
    faults.choose = (command) => {
      if (command === 'PutItemCommand' && during === 0) {
        during = 14_000;
        clock.advance(during);
      }
      return undefined;
    };
    await pass(5_000);
    expect(own.healthy).toBe(true);
    clock.advance(1_000);
    expect(own.healthy).toBe(false);
  });

  it('is gone after stop', async () => {
    await own.stop();
    expect(await counterOf('own')).toBeUndefined();
    expect(clock.planned).toBe(0);
  });

  it('that cannot begin rejects', async () => {
    faults.choose = () => 'lost-request';
    const other = createHeartbeat({
      store,
      ingressId: 'other',
      meter: countingMeter(),
      log: silentLog,
      clock,
    });
    await expect(other.start()).rejects.toMatchObject({ code: 'database_down' });
    expect(other.healthy).toBe(false);
  });
});

describe('the judgement of another ingress', () => {
  const beat = (counter: number) =>
    engine.store.put('sessions', {
      ...heartbeatKey('peer'),
      counter,
      expires: Math.ceil(Date.now() / 1000) + 86_400,
    });

  it('is dead when it never beat or stopped in order', async () => {
    expect(await own.isDead('nobody')).toBe(true);
  });

  it('is dead only after its counter stood still for 20 s of our own clock, whatever times others write', async () => {
    await beat(7);
    expect(await own.isDead('peer')).toBe(false);
    await pass(15_000);
    expect(await own.isDead('peer')).toBe(false);
    await pass(5_000);
    expect(await own.isDead('peer')).toBe(true);
  });

  it('begins anew when the counter moves, also backwards (a restart under the same name)', async () => {
    await beat(7);
    await own.isDead('peer');
    await pass(15_000);
    await beat(1);
    await pass(15_000);
    expect(await own.isDead('peer')).toBe(false);
    await pass(10_000);
    expect(await own.isDead('peer')).toBe(true);
    await beat(2);
    await pass(5_000);
    expect(await own.isDead('peer')).toBe(false);
  });

  it('learns nothing while the store does not answer', async () => {
    let answered = Promise.resolve();
    const slow: Store = {
      ...store,
      async get(table, key) {
        await answered;
        return store.get(table, key);
      },
    };
    const watcher = new Liveness({ store: slow, log: silentLog, clock });
    await beat(7);
    await watcher.isDead('peer');
    await pass(5_000);
    const gate = Promise.withResolvers<void>();
    answered = gate.promise;
    clock.advance(20_000);
    expect(await watcher.isDead('peer')).toBe(false);
    watcher.stop();
    gate.resolve();
  });

  it('learns nothing while the store cannot be read', async () => {
    await beat(7);
    await own.isDead('peer');
    faults.choose = (command) => (command === 'GetItemCommand' ? 'lost-request' : undefined);
    await pass(30_000);
    expect(await own.isDead('peer')).toBe(false);
    faults.choose = () => undefined;
    await pass(20_000);
    expect(await own.isDead('peer')).toBe(true);
  });
});
