import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../ingress/ports/clock.ts';
import type { EdgeConnection } from '../../ingress/ports/connection.ts';
import { coreKey, openStore, type Store } from '../../shared/store/index.ts';
import { storeCharacter, type TestKeeper, testKeeper } from '../support/keeper.ts';
import { manualClock } from '../support/manual-clock.ts';
import { injectFaults, type StoreFaults } from '../support/store-faults.ts';
import { useTestEngine } from '../support/use-engine.ts';

const engine = useTestEngine();
let ours: Store;
let faults: StoreFaults;

beforeEach(() => {
  ours = openStore(engine.environment);
  faults = injectFaults(ours);
});
afterEach(() => ours.close());

const core = (id: string) => engine.store.get('characters', coreKey(id));
const claimed = (keeper: TestKeeper, connection: EdgeConnection, id: string) =>
  keeper.commit(connection, { change: { characterId: id } });

describe('an owner that is not reached when another one comes', () => {
  const ACTOR = 'actor/map/22/5,4';
  /** Another ingress asks, and hears that nobody is there: the owner is not yet at its address. */
  const taken = async () => {
    const clock = manualClock();
    const first = testKeeper({ store: ours, clock, ingressId: 'edge-1' });
    const second = testKeeper({
      store: engine.store,
      clock,
      ingressId: 'edge-2',
      askRelease: async () => {},
    });
    const [before, after] = [first.connect(), second.connect()];
    expect(await claimed(first, before, ACTOR)).toMatchObject({ kind: 'owned' });
    expect(await claimed(second, after, ACTOR)).toMatchObject({ kind: 'owned' });
    return { clock, first, second, before, after };
  };

  it('finds out within a second, though it writes nothing, and the new one goes on', async () => {
    const { clock, first, second, before, after } = await taken();
    expect(first.lost).toEqual([]);
    clock.advance(1_000);
    await vi.waitFor(() => expect(first.lost).toEqual([before]));
    expect(clock.planned).toBe(0);
    await expect(first.commit(before, { change: { sections: { deeds: { n: 1 } } } })).rejects.toMatchObject({
      code: 'ownership_lost',
    });
    await second.commit(after, { change: { sections: { deeds: { n: 2 } } } });
    expect(second.lost).toEqual([]);
    for (const [side, connection] of [
      [first, before],
      [second, after],
    ] as const)
      await side.keeper.close(connection);
  });

  it('looks again when the database did not answer', async () => {
    const { clock, first, second, before, after } = await taken();
    faults.choose = () => 'lost-request';
    clock.advance(1_000);
    await vi.waitFor(() => expect(clock.planned).toBe(1), 20_000);
    expect(first.lost).toEqual([]);
    faults.choose = () => undefined;
    clock.advance(1_000);
    await vi.waitFor(() => expect(first.lost).toEqual([before]));
    for (const [side, connection] of [
      [first, before],
      [second, after],
    ] as const)
      await side.keeper.close(connection);
  });

  it('is asked nothing once it has let go', async () => {
    const clock = manualClock();
    const side = testKeeper({ store: ours, clock });
    const connection = side.connect();
    await claimed(side, connection, ACTOR);
    await side.keeper.close(connection);
    expect(clock.planned).toBe(0);
  });
});

describe('two ingress processes fight over one character a hundred times', () => {
  it('and each time exactly one owns it at the end; what the other writes fails', async () => {
    await storeCharacter(engine.store, 'prize');
    let epoch = 0;
    for (let round = 0; round < 100; round += 1) {
      // The owner is told and does not answer in half of the rounds, where it is taken without its help at once.
      const silent = round % 2 === 1;
      const held = new Map<TestKeeper, EdgeConnection>();
      const release = (other: () => TestKeeper) => async () => {
        const connection = held.get(other());
        if (!silent && connection !== undefined) await other().keeper.close(connection);
      };
      const one: TestKeeper = testKeeper({
        store: ours,
        clock: systemClock,
        ingressId: 'edge-1',
        askRelease: release(() => two),
      });
      const two: TestKeeper = testKeeper({
        store: engine.store,
        clock: systemClock,
        ingressId: 'edge-2',
        askRelease: release(() => one),
      });
      for (const side of [one, two]) held.set(side, side.connect());
      const fight = [one, two].map(async (side) => {
        const connection = held.get(side) ?? side.connect();
        return { side, connection, result: await claimed(side, connection, 'prize') };
      });
      const outcomes = await Promise.all(fight);
      expect(outcomes.some(({ result }) => result.kind === 'owned')).toBe(true);

      const item = await core('prize');
      expect(Number(item?.epoch)).toBeGreaterThan(epoch);
      epoch = Number(item?.epoch);
      const writers: string[] = [];
      for (const { side, connection } of outcomes) {
        if (connection.state.characterId === null) continue;
        const write = side.commit(connection, {
          change: { sections: { deeds: { round, by: connection.id } } },
        });
        await write.then(
          () => writers.push(connection.id),
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'ownership_lost' });
            expect(side.lost).toEqual([connection]);
          },
        );
      }
      expect(writers).toHaveLength(1);
      expect(await core('prize')).toMatchObject({ section_deeds: { value: { round, by: writers[0] } } });
      for (const { side, connection } of outcomes) await side.keeper.close(connection);
      expect(await core('prize')).not.toHaveProperty('owner');
    }
  }, 60_000);
});

describe('an owner that does not answer', () => {
  it('is overruled after about two seconds, and everything it writes afterwards fails', async () => {
    await storeCharacter(engine.store, 'hung');
    const old = testKeeper({ store: engine.store, clock: systemClock, ingressId: 'edge-old' });
    const hung = old.connect();
    await claimed(old, hung, 'hung');
    await old.commit(hung, { change: { sections: { whereabouts: { x: 1 } } } });

    const next = testKeeper({ store: ours, clock: systemClock, ingressId: 'edge-new' });
    const began = performance.now();
    const result = await claimed(next, next.connect(), 'hung');
    const took = performance.now() - began;
    expect(result).toMatchObject({ kind: 'owned', epoch: 2 });
    expect(took).toBeGreaterThan(1_900);
    expect(took).toBeLessThan(3_000);
    expect(next.asked).toEqual(['hung']);

    await expect(old.commit(hung, { change: { sections: { deeds: { n: 1 } } } })).rejects.toMatchObject({
      code: 'ownership_lost',
    });
    expect(old.lost).toEqual([hung]);
    await old.keeper.close(hung);
    const item = await core('hung');
    expect(item).toMatchObject({ epoch: 2, owner: { ingress: 'edge-new' } });
    expect(item).not.toHaveProperty('section_deeds');
    expect(item).not.toHaveProperty('section_whereabouts');
    expect(old.lost).toHaveLength(1);
  });

  it('is not waited for when its ingress is dead for certain', async () => {
    await storeCharacter(engine.store, 'orphan');
    const old = testKeeper({ store: engine.store, clock: systemClock, ingressId: 'edge-dead' });
    await claimed(old, old.connect(), 'orphan');
    const next = testKeeper({
      store: ours,
      clock: systemClock,
      ingressId: 'edge-new',
      isDead: async (id) => id === 'edge-dead',
    });
    expect(await claimed(next, next.connect(), 'orphan')).toMatchObject({ kind: 'owned', epoch: 2 });
    expect(next.asked).toEqual([]);
  });
});

describe('several who wait for the same hung owner', () => {
  it('do not overrule each other: the first takes it, the others are denied', async () => {
    await storeCharacter(engine.store, 'queue');
    const old = testKeeper({ store: engine.store, clock: systemClock, ingressId: 'edge-old' });
    await claimed(old, old.connect(), 'queue');
    const clock = manualClock();
    const waiting = Array.from({ length: 5 }, (_, n) =>
      testKeeper({ store: ours, clock, ingressId: `edge-${n}` }),
    );
    const claims = waiting.map((keeper) => claimed(keeper, keeper.connect(), 'queue'));
    await vi.waitFor(() => expect(clock.planned).toBe(5));
    clock.advance(2_000);
    const outcomes = await Promise.all(claims);
    expect(outcomes.filter(({ kind }) => kind === 'owned')).toHaveLength(1);
    const denied = outcomes.filter((one) => one.kind === 'denied');
    expect(denied.map(({ reason }) => reason)).toEqual(['contended', 'contended', 'contended', 'contended']);
    expect(await core('queue')).toMatchObject({ epoch: 2 });
  });
});

describe('an owner that answers', () => {
  it('saves first, and the next owner sees what it saved', async () => {
    await storeCharacter(engine.store, 'handed');
    const old: TestKeeper = testKeeper({ store: engine.store, clock: systemClock });
    const first = old.connect();
    await claimed(old, first, 'handed');
    await old.commit(first, { change: { sections: { whereabouts: { x: 42 } } } });
    const next = testKeeper({
      store: ours,
      clock: systemClock,
      ingressId: 'edge-2',
      askRelease: () => old.keeper.close(first),
    });
    const second = next.connect();
    expect(await claimed(next, second, 'handed')).toMatchObject({ kind: 'owned', epoch: 2 });
    expect(second.state.view(['whereabouts']).sections).toEqual({ whereabouts: { x: 42 } });
    expect(old.lost).toEqual([]);
  });
});

describe('answers that are lost', () => {
  const loseNext = (times: number) => {
    let left = times;
    faults.choose = (command) => (command === 'UpdateItemCommand' && left-- > 0 ? 'lost-answer' : undefined);
  };

  it('of a claim: the character is owned, and its epoch counted once', async () => {
    await storeCharacter(engine.store, 'unclear');
    const keeper = testKeeper({ store: ours, clock: systemClock });
    loseNext(1);
    expect(await claimed(keeper, keeper.connect(), 'unclear')).toMatchObject({ kind: 'owned', epoch: 1 });
    expect(await core('unclear')).toMatchObject({ epoch: 1 });
  });

  it('of a durable write: it counts as done, and the next one too', async () => {
    await storeCharacter(engine.store, 'write');
    const keeper = testKeeper({ store: ours, clock: systemClock });
    const connection = keeper.connect();
    await claimed(keeper, connection, 'write');
    for (const n of [1, 2]) {
      loseNext(2);
      await keeper.commit(connection, { change: { sections: { deeds: { n } } } });
      expect(await core('write')).toMatchObject({ section_deeds: { value: { n } }, rev: n });
    }
    expect(keeper.lost).toEqual([]);
  });

  it('of a write that was given up: the owner still owns, saves and releases', async () => {
    await storeCharacter(engine.store, 'given-up');
    const impatient = openStore(engine.environment, { patience: { within: 0, first: 1, longest: 1 } });
    const own = injectFaults(impatient);
    const keeper = testKeeper({ store: impatient, clock: systemClock });
    const connection = keeper.connect();
    await claimed(keeper, connection, 'given-up');
    await keeper.commit(connection, { change: { sections: { whereabouts: { x: 7 } } } });
    own.choose = () => 'lost-answer';
    const failing = keeper.commit(connection, { change: { sections: { deeds: { n: 1 } } } });
    await expect(failing).rejects.toMatchObject({ code: 'persist_failed' });
    own.choose = () => undefined;
    await keeper.keeper.close(connection);
    const item = await core('given-up');
    expect(item).toMatchObject({ epoch: 1, section_whereabouts: { value: { x: 7 } } });
    expect(item).not.toHaveProperty('owner');
    expect(keeper.lost).toEqual([]);
    impatient.close();
  });
});

describe('a write that was delayed on its way', () => {
  it('cannot undo a later one of the same owner', async () => {
    await storeCharacter(engine.store, 'delayed');
    const keeper = testKeeper({ store: ours, clock: systemClock });
    const connection = keeper.connect();
    await claimed(keeper, connection, 'delayed');
    let caught: object | undefined;
    faults.choose = (command, input) => {
      if (command !== 'UpdateItemCommand' || caught !== undefined) return undefined;
      caught = structuredClone(input);
      return 'lost-request';
    };
    await keeper.commit(connection, { change: { sections: { deeds: { n: 1 } } } });
    await keeper.commit(connection, { change: { sections: { deeds: { n: 2 } } } });
    const { UpdateItemCommand } = await import('@aws-sdk/client-dynamodb');
    const late = engine.store.client.send(
      new UpdateItemCommand(caught as ConstructorParameters<typeof UpdateItemCommand>[0]),
    );
    await expect(late).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(await core('delayed')).toMatchObject({ section_deeds: { value: { n: 2 } } });
  });
});
