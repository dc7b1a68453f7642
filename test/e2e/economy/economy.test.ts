import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wireItem } from '../../../shared/economy/index.ts';
import { createCharacterService } from '../../../shared/services/builtin/index.ts';
import { DEPLOYED } from '../../support/ground.ts';
import { barter } from './barter.ts';
import { type Books, discrepancy, readBooks } from './books.ts';
import { Chaos } from './chaos.ts';
import { Loot } from './loot.ts';
import { type Deed, plansOf } from './plans.ts';
import { keepShop } from './shops.ts';
import { type Stage, setStage } from './stage.ts';
import { Trader } from './trader.ts';

/**
 * Trades that must be done; `npm run test:long` sets many more. At LocalStack each takes longer, and crashes come oftener instead. `ECONOMY_SEED`
 * repeats a run's plans.
 */
const TRADES = Number(process.env.ECONOMY_TRADES ?? (DEPLOYED ? 15 : 300));
const SEED = Number(process.env.ECONOMY_SEED ?? Math.floor(Math.random() * 2 ** 31));
const PAIRS = DEPLOYED ? 3 : 10;
/** Trades between two kills, about. */
const KILL_EVERY = DEPLOYED ? 4 : 50;
/** Milliseconds after which a run counts as stuck. */
const PATIENCE = DEPLOYED ? 180_000 + TRADES * 15_000 : 120_000 + TRADES * 400;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.stop());

/** Dice of the seed: mulberry32. */
function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What was done besides trades. */
interface Besides {
  readonly loot: Loot;
  /** Deals in personal shops that the buyer was told of. */
  deals: number;
}

async function act(one: Trader, other: Trader, { what, any }: Deed, besides: Besides): Promise<boolean> {
  await Promise.all([one.present(), other.present()]);
  const [actor, partner] = any % 2 === 0 ? [one, other] : [other, one];
  switch (what) {
    case 'trade':
      return barter(actor, partner, any);
    case 'drop':
      actor.drop(any);
      break;
    case 'pick':
      // Both want it.
      one.pick(any);
      other.pick(any);
      break;
    case 'bank-money':
      actor.bankMoney(any);
      break;
    case 'bank-item':
      actor.bankItem(any);
      break;
    case 'equip':
      actor.equip(any);
      break;
    case 'use':
      actor.use(any);
      break;
    case 'store':
      actor.store(any);
      break;
    case 'shop':
      besides.deals += await keepShop(actor, partner, any);
      break;
    case 'loot':
      await besides.loot.share(actor, partner, any);
      break;
    case 'leave':
      actor.leave();
      break;
    case 'wait':
      await sleep(any % 200);
  }
  await sleep(5 + (any % 20));
  return false;
}

test(
  `${PAIRS * 2} players trade, drop, pick up, bank, keep shops and share loot through crashes: ${TRADES} trades, and every item and coin is there once (seed ${SEED})`,
  async () => {
    const chaos = new Chaos(stage, diceOf(SEED));
    await chaos.start();
    const traders = Array.from({ length: PAIRS * 2 }, (_, n) => new Trader(`Trader${n}`, () => chaos.port));
    for (let n = 0; n < traders.length; n += 5)
      await Promise.all(traders.slice(n, n + 5).map((trader) => trader.present()));
    const before = await readBooks(stage.store);
    expect(before.held.get('zuly')).toBe(BigInt(traders.length) * 1000n);

    const plans = plansOf(SEED, PAIRS);
    const until = Date.now() + PATIENCE;
    const besides: Besides = { loot: new Loot(stage.store), deals: 0 };
    let trades = 0;
    /** Of each thing something has happened. */
    const enough = () =>
      trades >= TRADES && besides.deals > 0 && besides.loot.inTurn > 0 && chaos.kills.victim > 0;
    chaos.begin(KILL_EVERY, () => trades);
    await Promise.all(
      plans.map(async (plan, pair) => {
        const [one, other] = [traders[pair * 2], traders[pair * 2 + 1]];
        if (one === undefined || other === undefined) return;
        for (let n = 0; !enough() && Date.now() < until; n += 1) {
          const deed = plan[n % plan.length];
          if (deed !== undefined && (await act(one, other, deed, besides))) trades += 1;
        }
      }),
    );
    await chaos.end();
    await Promise.all(traders.map((trader) => trader.present()));
    await sleep(1_500);
    const pictures = await wrongPictures(traders);
    expect(await chaos.stop()).toBe(0);

    const after = await readBooks(stage.store);
    report(traders, chaos, before, after, trades);
    const { left, taken, inTurn } = besides.loot;
    console.info(
      `economy: ${besides.deals} deals in shops; loot ${left}, taken ${taken}, by turn for the other ${inTurn}`,
    );
    expect(discrepancy(before, after)).toBeNull();
    expect(pictures).toEqual([]);
    expect(trades).toBeGreaterThanOrEqual(TRADES);
    expect(after.minted.size).toBeGreaterThan(0);
    expect(besides.deals).toBeGreaterThan(0);
    expect(inTurn).toBeGreaterThan(0);
    expect(Math.min(chaos.kills.ingress, chaos.kills.victim)).toBeGreaterThan(0);
  },
  PATIENCE + 120_000,
);

/** Clients whose picture of their belongings is not what the database holds. */
async function wrongPictures(traders: readonly Trader[]): Promise<string[]> {
  const service = createCharacterService(stage.store);
  const wrong: string[] = [];
  for (const trader of traders) {
    const found = await service.findByName({ name: trader.name, now: Date.now() });
    if (found.code !== 'ok') throw new Error(found.code);
    const read = await service.possessions({ characterIds: [found.id] });
    const inventory = read.code === 'ok' ? read.inventories[found.id] : undefined;
    const own = trader.look();
    const shown = Object.fromEntries([...own.slots].sort(([a], [b]) => a - b));
    const held = Object.fromEntries(
      Object.entries(inventory?.slots ?? {}).map(([slot, item]) => [slot, kindAndCount(wireItem(item))]),
    );
    const seen = Object.fromEntries(
      Object.entries(shown).map(([slot, { type, id, data }]) => [
        slot,
        `${type}/${id} ${type >= 10 && type < 14 ? data : ''}`,
      ]),
    );
    if (String(own.zuly) !== inventory?.zuly || JSON.stringify(seen) !== JSON.stringify(held))
      wrong.push(
        `${trader.name}: sees ${own.zuly} ${JSON.stringify(seen)}, has ${inventory?.zuly} ${JSON.stringify(held)}`,
      );
  }
  return wrong;
}

function kindAndCount(item: ReturnType<typeof wireItem>): string {
  const { type, id } = item.header as { type: number; id: number };
  const count = (item.data as { count?: number }).count;
  return `${type}/${id} ${count ?? ''}`;
}

function report(traders: readonly Trader[], chaos: Chaos, before: Books, after: Books, trades: number): void {
  const sent: Record<string, number> = {};
  let logins = 0;
  for (const trader of traders) {
    logins += trader.logins;
    for (const [what, count] of Object.entries(trader.sent)) sent[what] = (sent[what] ?? 0) + count;
  }
  console.info(
    `economy: seed ${SEED}, ${trades} trades told as done, ${after.settlements - before.settlements} settlements, ` +
      `kills: ingress ${chaos.kills.ingress}, ${stage.victim} ${chaos.kills.victim}, faults ${JSON.stringify(stage.proxy.counts)}, logins ${logins}, sent ${JSON.stringify(sent)}`,
  );
}
