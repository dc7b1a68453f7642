import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Player } from '../e2e/support/player.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { Service } from '../support/service.ts';
import { emptyLedger, enter } from './support/accounts-book.ts';
import { Bystander } from './support/bystander.ts';
import { Dice } from './support/dice.ts';
import { Facts } from './support/facts.ts';
import { type FamiliesFolder, recordedFamilies } from './support/families-folder.ts';
import { Metrics } from './support/metrics.ts';
import { type Bench, clientPackets } from './support/packets.ts';
import { endow } from './support/riches.ts';
import { Rogue } from './support/rogue.ts';
import { corruption } from './support/sanity.ts';

/** `FUZZ_SEED` repeats what was sent, `FUZZ_SECONDS` sets how long, `FUZZ_REPORT` tells more. The timing of answers is never the same. */
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 6);
const ROGUES = ['Rogue0', 'Rogue1', 'Rogue2', 'Rogue3'];
/** Beside the smith and near the tailor, or at a gate. */
const TOWN = {
  map: 20,
  ...new Dice(SEED).pick([
    { x: 521_100, y: 521_700 },
    { x: 516_000, y: 517_500 },
  ]),
  hp: 900,
  right: 1,
};
/** Among the monsters, where players may fight each other too. */
const FIELDS = { map: 22, x: 520_000, y: 490_000, hp: 900, right: 1 };
/** One is an operator, one lies dead. */
const HOMES = [{ ...TOWN, right: 256 }, TOWN, FIELDS, { ...FIELDS, hp: 0 }];

interface Drops {
  readonly packets: number;
  readonly others: readonly string[];
}

function dropsOf(metrics: Metrics): Drops {
  const drops = [...metrics.by('drops_total', 'what', 'reason')];
  const packets = drops.filter(([what]) => what.startsWith('packet '));
  const others = drops.filter(([what]) => what.startsWith('turn ') || what.startsWith('result '));
  return {
    packets: packets.reduce((sum, [, count]) => sum + count, 0),
    others: others.map(([what, count]) => `${what}: ${count}`),
  };
}

describe(`anything a player can send (FUZZ_SEED=${SEED})`, () => {
  const dice = new Dice(SEED);
  const facts = new Facts();
  let engine: TestEngine;
  let folder: FamiliesFolder;
  let service: Service;
  let bench: Bench;
  let rogues: Rogue[] = [];
  let bystanders: Bystander[] = [];
  const ledger = emptyLedger();
  let metrics: Metrics;

  beforeAll(async () => {
    [engine, folder, bench] = await Promise.all([startTestEngine(), recordedFamilies(), clientPackets()]);
    service = await Service.start({
      environment: {
        ...engine.environment,
        FUNCTIONS_DIR: folder.directory,
        RECORD_FILE: folder.file,
        RECORD_CUT: 'half',
        PACKETS_PER_SECOND: '5000',
        PACKET_BURST: '5000',
        LOGIN_FAILURES_PER_ACCOUNT: '100000',
        LOGIN_FAILURES_PER_ADDRESS: '100000',
      },
    });
    for (const name of ROGUES) facts.name(name);
    rogues = ROGUES.map((name) => new Rogue(name, service.port, bench, dice, facts));
    bystanders = ['Calm0', 'Calm1'].map((name) => new Bystander(service.port, name));
  }, 60_000);

  afterAll(async () => {
    for (const rogue of rogues) rogue.leave();
    await service?.stop();
    await engine?.stop();
    await folder?.remove();
  });

  test(
    'two players only play while four send whatever there is',
    async () => {
      await Promise.all(bystanders.map((player) => player.enter()));
      await begin();
      const end = Date.now() + SECONDS * 1000;
      let rounds = 0;
      while (Date.now() < end) {
        rounds += 1;
        // One after the other, so that the seed decides what each sends.
        for (const [index, rogue] of rogues.entries()) {
          const partner = rogues[index ^ 1];
          if (partner !== undefined && dice.chance(0.3)) await rogue.scheme(partner);
          await rogue.burst();
        }
        await Promise.all([
          sleep(15 + dice.below(25)),
          ...(rounds % 10 === 0 ? bystanders.map((b) => b.play()) : []),
        ]);
        for (const rogue of rogues) rogue.settle();
      }
      expect(service.process.exitCode).toBeNull();
      expect(bystanders.map(({ unharmed }) => unharmed)).toEqual([true, true]);
    },
    SECONDS * 3000 + 60_000,
  );

  /** Logs all rogues out, makes them rich, and lets them come again: two in town, two among the monsters. */
  async function begin(): Promise<void> {
    for (const rogue of rogues) {
      await rogue.enter();
      rogue.leave();
    }
    for (const [index, rogue] of rogues.entries()) {
      const home = HOMES[index] ?? TOWN;
      await endow(engine.store, rogue.name, home);
      const player = await rogue.enter();
      expect([player.map, player.bag.length]).toEqual([home.map, expect.toSatisfy((many) => many > 100)]);
    }
  }

  test(
    'all of it is accounted for: read, then handled or refused with a reason',
    async () => {
      for (const rogue of rogues) rogue.leave();
      // Nobody may be kept in the game, as those are who fight.
      expect(await Promise.all(bystanders.map((player) => player.leave()))).toEqual([0, 0]);
      const until = Date.now() + 15_000;
      for (;;) {
        for await (const record of folder.news()) enter(ledger, record);
        metrics = new Metrics(await service.metrics());
        const { missing, drops } = books();
        if (missing >= 0 && missing <= drops && metrics.total('connections_active') === 0) break;
        if (Date.now() > until) break;
        await sleep(200);
      }
      // Those read of a connection that was already ending are counted as dropped, whether or not they had come to a queue.
      const { received, missing, drops } = books();
      expect(missing).toBeGreaterThanOrEqual(0);
      expect(missing).toBeLessThanOrEqual(drops);
      // What handlers refused is what the metric says.
      const counted = metrics.by('refusals_total', 'family', 'reason');
      for (const [key] of counted)
        if (key.startsWith('none ') || key.endsWith(' wrong_stage')) counted.delete(key);
      expect(Object.fromEntries([...counted].sort())).toEqual(Object.fromEntries([...ledger.refused].sort()));
      // The wire refused only what no position can be.
      const sent = rogues.map((rogue) => rogue.sent);
      const sum = (part: 'valid' | 'lost' | 'nonfinite') =>
        sent.reduce((total, each) => total + each[part], 0);
      expect(
        [...metrics.by('bad_frames_total', 'reason', 'reason').keys()].filter(
          (key) => key !== 'nonfinite nonfinite',
        ),
      ).toEqual([]);
      expect(metrics.total('bad_frames_total')).toBeLessThanOrEqual(sum('nonfinite'));
      expect(metrics.total('packets_received_total')).toBeGreaterThanOrEqual(sum('valid') - sum('lost'));
      if (process.env.FUZZ_REPORT !== undefined) {
        for (const [name, count] of [...ledger.seen].sort())
          console.log(name.padEnd(28), count, ledger.taken.get(name) ?? 0);
        console.log([...ledger.refused].sort());
      }
      const never = bench.packets.filter(({ name, family }) => family !== null && !ledger.seen.has(name));
      console.log(
        `FUZZ_SEED=${SEED}: ${sum('valid')} packets of ${ledger.seen.size} kinds, ${sum('lost')} on closed connections, ${received} read, ` +
          `${[...ledger.refused.values()].reduce((a, b) => a + b, 0)} refused for ${ledger.refused.size} reasons, ` +
          `${rogues.reduce((total, { returns }) => total + returns, 0)} returns; never: ${never.map(({ name }) => name).join(' ')}`,
      );
    },
    40_000 + SECONDS * 500,
  );

  function books(): { received: number; missing: number; drops: number } {
    const received = metrics.total('packets_received_total', ({ family }) => family !== 'none');
    const misplaced = metrics.total('refusals_total', ({ reason }) => reason === 'wrong_stage');
    return { received, missing: received - ledger.packets - misplaced, drops: dropsOf(metrics).packets };
  }

  test('no handler failed, no turn was dropped, nothing was logged as an error', () => {
    expect(ledger.failed).toEqual([]);
    expect(dropsOf(metrics).others).toEqual([]);
    expect(metrics.total('refusals_total', ({ reason }) => reason === 'handler_failed')).toBe(0);
    expect(service.lines.filter((line) => line.includes('"level":"error"')).slice(0, 10)).toEqual([]);
  });

  test('no packet came to nothing without a refusal that says why', () => {
    expect(Object.fromEntries(ledger.silent)).toEqual({});
  });

  test('nothing in the store is corrupted, and everybody can play on', async () => {
    expect(await corruption(engine.store)).toEqual([]);
    for (const rogue of rogues) {
      const player = await rogue.enter();
      expect(player.level).toBeGreaterThanOrEqual(0);
      rogue.leave();
    }
    const stranger = await new Player({ port: service.port, account: 'Newcomer' }).play('Newcomer');
    await stranger.logOut();
  }, 30_000);
});
