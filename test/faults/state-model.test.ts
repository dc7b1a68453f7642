import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EdgeConnection } from '../../ingress/ports/connection.ts';
import type { JsonObject } from '../../shared/contract/index.ts';
import { openStore, type Store } from '../../shared/store/index.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { storeCharacter, type TestKeeper, testKeeper } from '../support/keeper.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { type Fault, injectFaults, type StoreFaults } from '../support/store-faults.ts';

/** What may happen to a character, whoever owns it at the time. */
type Step =
  | { readonly kind: 'durable' | 'checkpoint'; readonly value: number }
  | { readonly kind: 'both'; readonly value: number }
  | { readonly kind: 'timer'; readonly at: number }
  | { readonly kind: 'pass' | 'release' | 'crash' | 'taken' };

interface Trial {
  readonly step: Step;
  /** Of the first requests of the step. */
  readonly faults: readonly Exclude<Fault, Error>[];
}

const value = fc.nat(1_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('durable' as const, 'checkpoint' as const, 'both' as const),
      value,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('timer' as const), at: value }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('pass' as const, 'release' as const, 'crash' as const, 'taken' as const),
    }),
  },
);
const fault = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  'lost-answer' as const,
  'lost-request' as const,
);
const trials: fc.Arbitrary<Trial[]> = fc.array(
  fc.record({ step, faults: fc.array(fault, { maxLength: 3 }) }),
  { minLength: 5, maxLength: 30, size: 'max' },
);

let engine: TestEngine;
let store: Store;
let faults: StoreFaults;
let runs = 0;

beforeAll(async () => {
  engine = await startTestEngine();
  store = openStore(engine.environment, { patience: { within: 10_000, first: 0.1, longest: 0.5 } });
  faults = injectFaults(store);
});
afterAll(async () => {
  store.close();
  await engine.stop();
});

/** One character, its owners one after the other, and what must be found of it. */
class World {
  private keepers = 0;
  /** The present owner's process has crashed. */
  private dead = false;
  readonly id = `model-${++runs}`;
  readonly clock: ManualClock = manualClock();
  owner: TestKeeper = this.keeper();
  connection: EdgeConnection = this.owner.connect();
  epoch = 0;
  durable: number | undefined;
  timer: number | undefined;
  /** Of the checkpoint section: what is in memory, and every value that the store may have of it. */
  checkpoint: number | undefined;
  possible = new Set<number | undefined>([undefined]);

  keeper(): TestKeeper {
    this.keepers += 1;
    const askRelease = async () => void (await this.owner.keeper.close(this.connection));
    return testKeeper({
      store,
      clock: this.clock,
      ingressId: `${this.id}-${this.keepers}`,
      askRelease,
      isDead: async () => this.dead,
    });
  }

  /** Somebody new takes the character over and must find exactly what was acknowledged. */
  async claim(by: TestKeeper, saved: boolean): Promise<void> {
    const connection = by.connect();
    const result = await by.commit(connection, { change: { characterId: this.id } });
    this.owner = by;
    this.connection = connection;
    this.epoch += 1;
    if (saved) this.possible = new Set([this.checkpoint]);
    const timers =
      this.timer === undefined ? [] : [{ name: 't', at: this.timer, payload: {}, section: 'deeds' }];
    expect(result).toEqual({ kind: 'owned', characterId: this.id, epoch: this.epoch, timers });
    const { deeds, whereabouts } = connection.state.view(['deeds', 'whereabouts']).sections;
    expect(deeds?.n).toBe(this.durable);
    expect(this.possible).toContain(whereabouts?.n);
    this.checkpoint = whereabouts?.n as number | undefined;
    this.possible = new Set([this.checkpoint]);
  }

  async run({ kind, ...step }: Step): Promise<void> {
    const n = 'value' in step ? step.value : 0;
    const sections: Record<string, JsonObject> = {};
    switch (kind) {
      case 'timer':
        this.timer = 'at' in step ? step.at : 0;
        await this.owner.commit(this.connection, {
          timers: [{ name: 't', at: this.timer, section: 'deeds' }],
        });
        return;
      case 'durable':
      case 'checkpoint':
      case 'both':
        if (kind !== 'checkpoint') sections.deeds = { n };
        if (kind !== 'durable') sections.whereabouts = { n };
        await this.owner.commit(this.connection, { change: { sections } });
        if (kind !== 'checkpoint') this.durable = n;
        if (kind !== 'durable') this.checkpoint = n;
        this.possible.add(this.checkpoint);
        return;
      case 'pass':
        this.clock.advance(60_000);
        await this.owner.commit(this.connection, { reread: ['bag'] });
        this.possible = new Set([this.checkpoint]);
        return;
      case 'release':
        await this.owner.commit(this.connection, { change: { characterId: null } });
        return this.claim(this.owner, true);
      case 'taken':
        return this.claim(this.keeper(), true);
      case 'crash':
        this.dead = true;
        await this.claim(this.keeper(), false);
        this.dead = false;
    }
  }
}

it('whatever is lost on the way and whoever crashes: what was acknowledged is found, in order, by the next owner', async () => {
  await fc.assert(
    fc.asyncProperty(trials, async (all) => {
      const world = new World();
      faults.choose = () => undefined;
      await storeCharacter(store, world.id);
      await world.claim(world.owner, false);
      for (const trial of all) {
        const waiting = [...trial.faults];
        faults.choose = () => waiting.shift();
        await world.run(trial.step);
        expect(world.owner.lost).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
