import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_BATCHING, type Manifest } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { createProtocol } from '../../shared/protocol/index.ts';
import { countingMeter } from '../../test/support/counting-meter.ts';
import { silentLog } from '../../test/support/engine.ts';
import { manifestOf } from '../../test/support/manifest.ts';
import { manualClock } from '../../test/support/manual-clock.ts';
import type { Invoker } from '../routing/invoker/index.ts';
import { RouteBook } from './route-book.ts';
import type { RouteFault, RoutePointer, RouteSource } from './route-source.ts';
import { RouteWatcher } from './route-watcher.ts';

const base = createProtocol('head');
const EVERY = 10_000;

/** The manifest of a family that handles these packets. */
function handling(name: string, packets: readonly string[], schemas: Manifest['schemas'] = []): Manifest {
  const route = { stages: ['world'], rate: 'default', lane: 'main' };
  return manifestOf(name, { packets: Object.fromEntries(packets.map((packet) => [packet, route])), schemas });
}

/** A registry and its functions, in the test's hands. */
class World implements RouteSource {
  pointers: RoutePointer[] = [];
  manifests = new Map<string, unknown>();
  down = false;
  faults: RouteFault[] = [];
  /** Families that take their time to describe themselves. */
  slow = new Set<string>();
  lists = 0;
  describes = 0;

  deploy(manifest: Manifest, version = '1'): void {
    this.manifests.set(manifest.name, JSON.parse(JSON.stringify(manifest)));
    this.pointers = this.pointers.filter(({ family }) => family !== manifest.name);
    this.pointers.push({ family: manifest.name, functionName: `p-${manifest.name}:live`, version });
  }

  async list() {
    this.lists += 1;
    if (this.down) throw new Error('down');
    return { pointers: this.pointers, faults: this.faults };
  }

  close(): void {}

  readonly invoker: Pick<Invoker, 'describe'> & Invoker = {
    invoke: () => Promise.reject(new EdgeError('invoke_failed', 'not here')),
    describe: async ({ family }) => {
      this.describes += 1;
      if (this.slow.has(family)) await new Promise((resolve) => setTimeout(resolve, 20));
      return this.manifests.get(family);
    },
  };
}

let world: World;
let book: RouteBook;
let watcher: RouteWatcher;
let meter: ReturnType<typeof countingMeter>;
let clock: ReturnType<typeof manualClock>;

beforeEach(() => {
  world = new World();
  meter = countingMeter();
  clock = manualClock();
  book = new RouteBook(base, meter, silentLog);
  watcher = new RouteWatcher({
    source: world,
    invoker: world.invoker,
    book,
    meter,
    log: silentLog,
    clock,
    every: EVERY,
  });
});

/** Lets time pass, and what it starts come to its end. */
async function pass(milliseconds: number): Promise<void> {
  clock.advance(milliseconds);
  await new Promise((resolve) => setImmediate(resolve));
}

const routed = () => [...book.table.packets].map(([packet, { family }]) => `${packet} ${family.name}`);

describe('the route registry', () => {
  test('a new family goes live, a new version changes its packets, a removed one is unhandled', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat']);
    expect(book.table.families.get('chat')?.target.functionName).toBe('p-chat:live');
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT', 'CLI_SHOUT_CHAT']), '2');
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat', 'CLI_SHOUT_CHAT chat']);
    world.pointers = [];
    await watcher.refresh();
    expect(routed()).toEqual([]);
  });

  test('what has not changed is not asked again', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    await watcher.refresh();
    expect([world.lists, world.describes]).toEqual([2, 1]);
  });

  test('a family brings the schema of its packets', async () => {
    const schema = { name: 'CLI_GUILD_WAVE', id: 1700, dir: 'c2s', fields: [{ n: 'hand', t: 'u8' }] };
    world.deploy(handling('guild', ['CLI_GUILD_WAVE'], [schema]));
    expect(book.protocol.byType('c2s', 1700)).toBeUndefined();
    await watcher.refresh();
    expect(book.protocol.byType('c2s', 1700)?.name).toBe('CLI_GUILD_WAVE');
    expect(routed()).toEqual(['CLI_GUILD_WAVE guild']);
  });

  test.each<[string, () => void]>([
    ['no manifest at all', () => world.manifests.set('chat', { nonsense: true })],
    ['the manifest of another family', () => world.manifests.set('chat', handling('trade', ['CLI_TRADE']))],
    [
      'a schema whose number is taken',
      () =>
        world.manifests.set(
          'chat',
          handling('chat', ['CLI_X'], [{ name: 'CLI_X', id: 0x500, dir: 'c2s', fields: [] }]),
        ),
    ],
  ])('%s is refused, counted, and the last good version stays', async (_, spoil) => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT', 'CLI_SHOUT_CHAT']), '2');
    spoil();
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat']);
    expect(meter.total('route_updates_total', { outcome: 'refused' })).toBe(1);
  });

  test('two families that claim one packet: the later is refused until there is room', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    world.deploy(handling('talk', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat']);
    world.pointers = world.pointers.filter(({ family }) => family !== 'chat');
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT talk']);
  });

  test('of two new families that claim one packet, every copy of the ingress takes the same', async () => {
    world.deploy(handling('talk', ['CLI_NORMAL_CHAT']));
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    world.slow.add('chat');
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat']);
  });

  test('a packet moves whichever of its families was deployed first', async () => {
    world.deploy(handling('talk', ['CLI_NORMAL_CHAT', 'CLI_SHOUT_CHAT']));
    await watcher.refresh();
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT talk', 'CLI_SHOUT_CHAT talk']);
    world.deploy(handling('talk', ['CLI_SHOUT_CHAT']), '2');
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_SHOUT_CHAT talk', 'CLI_NORMAL_CHAT chat']);
  });

  test('a family whose last version was refused is removed like any other, though its function is gone before', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    world.deploy(handling('talk', ['CLI_SHOUT_CHAT']));
    await watcher.refresh();
    world.deploy(handling('talk', ['CLI_NORMAL_CHAT']), '2');
    await watcher.refresh();
    world.deploy(handling('trade', ['CLI_TRADE']));
    world.manifests.delete('talk');
    await watcher.refresh();
    world.pointers = world.pointers.filter(({ family }) => family !== 'talk');
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat', 'CLI_TRADE trade']);
  });

  test('changed limits take effect', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    const batching = { ...DEFAULT_BATCHING, maxBatch: 3 };
    world.deploy({ ...handling('chat', ['CLI_NORMAL_CHAT']), batching, timeout: 5000 }, '2');
    await watcher.refresh();
    expect(book.table.families.get('chat')?.manifest).toMatchObject({
      batching: { maxBatch: 3 },
      timeout: 5000,
    });
  });

  test('an entry that cannot be read is told once, and what it was stays', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    world.pointers = [];
    world.faults = [{ family: 'chat', problem: 'the entry is not JSON' }];
    await watcher.refresh();
    await watcher.refresh();
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat']);
    expect(meter.total('route_updates_total', { outcome: 'refused' })).toBe(1);
  });

  test('it is looked at again and again, less often while it does not answer', async () => {
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    world.down = true;
    await pass(EVERY);
    expect(world.lists).toBe(2);
    await pass(EVERY);
    expect(world.lists).toBe(2);
    await pass(EVERY);
    expect(world.lists).toBe(3);
    expect(routed()).toEqual(['CLI_NORMAL_CHAT chat']);
    world.down = false;
    await pass(4 * EVERY);
    await pass(EVERY);
    expect(world.lists).toBeGreaterThanOrEqual(5);
  });

  test('a failure of this process at one family is not the end of it', async () => {
    book.watch((table) => {
      if (table.families.has('chat')) throw new TypeError('a fault in the code');
    });
    world.deploy(handling('chat', ['CLI_NORMAL_CHAT']));
    await watcher.refresh();
    world.pointers = [];
    world.deploy(handling('trade', ['CLI_TRADE']));
    await pass(EVERY);
    expect(world.lists).toBe(2);
  });

  test('a request to look while a look is under way leads to another look', async () => {
    await Promise.all([watcher.refresh(), watcher.refresh(), watcher.refresh()]);
    expect(world.lists).toBe(2);
  });
});
