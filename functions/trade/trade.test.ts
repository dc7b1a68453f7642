import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/contract/index.ts';
import { coreKey } from '../../shared/store/index.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { failingEconomy } from './testing/failing-economy.ts';
import { type Person, Street, stackOf, thingOf } from './testing/street.ts';

const engine = useTestEngine();
let street: Street;
let anna: Person;
let bert: Person;
let made = 0;

beforeEach(async () => {
  made += 1;
  street = new Street(engine.store);
  anna = await street.enter(`Anna${made}`);
  bert = await street.enter(`Bert${made}`, 520_300);
});

const inventory = (person: Person) => street.inventoryOf(person.characterId);
const zuly = async (person: Person) => (await inventory(person)).zuly;
const states = () => [anna.states, bert.states];

describe('a request', () => {
  it('reaches the other, who accepts', async () => {
    await street.trade(anna, 'REQUEST', bert);
    await street.deliverAll();
    expect(states()).toEqual([[], ['REQUEST']]);
    expect(bert.packets.at(-1)?.payload).toMatchObject({ target: anna.objectId });
    await street.trade(bert, 'ACCEPT', anna);
    await street.deliverAll();
    expect(states()).toEqual([['ACCEPT'], ['REQUEST']]);
    expect(anna.packets.at(-1)?.payload).toMatchObject({ target: bert.objectId });
  });

  it.each(['REJECT', 'BUSY', 'TRADE_DISABLED'] as const)('is declined with %s', async (code) => {
    await street.trade(anna, 'REQUEST', bert);
    await street.deliverAll();
    await street.trade(bert, code, anna);
    await street.deliverAll();
    expect(states()).toEqual([[code], ['REQUEST']]);
    expect([anna.test.sections.trade, bert.test.sections.trade]).toEqual([undefined, undefined]);
  });

  it('of one who is not in the world, or in no stage for it, is told that there is no trade', async () => {
    delete anna.test.connection.sections.presence;
    await street.trade(anna, 'REQUEST', bert);
    await street.trade(anna, 'CANCEL', bert);
    anna.test.connection.stage = 'lobby';
    await street.trade(anna, 'REQUEST', bert);
    expect(anna.states).toEqual(['TRADE_DISABLED', 'TRADE_DISABLED']);
    expect(anna.refusals).toEqual(['not_in_world', 'not_in_world', 'wrong_stage']);
  });

  it('to nobody, to a figure and to oneself has an invalid target', async () => {
    for (const target of [1, 9_999, anna.objectId]) {
      await street.trade(anna, 'REQUEST', target);
      await street.deliverAll();
    }
    expect(anna.states).toEqual(['INVALID_TARGET', 'INVALID_TARGET', 'INVALID_TARGET']);
    expect(anna.refusals).toEqual(['bad_target', 'bad_target', 'bad_target']);
    expect(anna.test.timers).toEqual([]);
  });

  it('to one who trades already is busy, also for the one who asks twice', async () => {
    const cleo = await street.enter(`Cleo${made}`);
    await street.open(anna, bert);
    await street.trade(cleo, 'REQUEST', bert);
    await street.trade(anna, 'REQUEST', cleo);
    await street.deliverAll();
    expect(cleo.states).toEqual(['BUSY']);
    expect(anna.states).toEqual(['ACCEPT', 'BUSY']);
    expect(anna.test.sections.trade?.open).toBe(true);
  });

  it('to a shopkeeper is busy; a shopkeeper cannot ask', async () => {
    const shop = {
      characterId: bert.characterId,
      objectId: 1,
      map: 20,
      at: { x: 0, y: 0 },
      goods: [],
      wishes: [],
    };
    bert.test.connection.sections.shop = shop;
    await street.trade(anna, 'REQUEST', bert);
    await street.trade(bert, 'REQUEST', anna);
    await street.deliverAll();
    expect(states()).toEqual([['BUSY'], ['TRADE_DISABLED']]);
  });

  it('from too far away is told so', async () => {
    const dora = await street.enter(`Dora${made}`, 521_301);
    await street.trade(dora, 'REQUEST', bert);
    await street.deliverAll();
    expect(dora.states).toEqual(['TOO_FAR']);
    expect(bert.states).toEqual([]);
  });

  it('of the dead, or to them, is disabled', async () => {
    bert.test.connection.sections.vitals = { hp: 0, mp: 0, at: 0, combatAt: 0 };
    await street.trade(anna, 'REQUEST', bert);
    await street.trade(bert, 'REQUEST', anna);
    await street.deliverAll();
    expect(states()).toEqual([['TRADE_DISABLED'], ['TRADE_DISABLED']]);
  });

  it('that nobody answers ends after half a minute', async () => {
    await street.trade(anna, 'REQUEST', bert);
    await street.deliverAll();
    await street.pass(29);
    expect(anna.test.sections.trade).toBeDefined();
    await street.pass(3);
    expect(states()).toEqual([['CANCEL'], ['REQUEST', 'CANCEL']]);
  });

  it('of both at once is an agreement', async () => {
    for (const reverse of [false, true]) {
      await street.trade(anna, 'REQUEST', bert);
      await street.trade(bert, 'REQUEST', anna);
      if (reverse) street.way.reverse();
      await street.deliverAll();
      expect(states().map((seen) => seen.splice(0))).toEqual([['ACCEPT'], ['ACCEPT']]);
      const ids = [anna, bert].map(({ test }) => test.sections.trade?.id);
      expect(new Set(ids).size).toBe(1);
      await street.offer(bert, 10, 0, 10);
      await street.deliverAll();
      await street.agree(anna, bert);
      expect(states().map((seen) => seen.splice(0).at(-1))).toEqual(['DONE', 'DONE']);
    }
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1020', '980']);
  });

  it('that is taken back is over for both, whichever comes first', async () => {
    await street.trade(anna, 'REQUEST', bert);
    await street.trade(anna, 'CANCEL', bert);
    street.way.reverse();
    await street.deliverAll();
    await street.pass(2);
    expect(anna.states).toEqual([]);
    expect(bert.states.at(-1)).toBe('CANCEL');
    expect(bert.test.sections.trade).toBeUndefined();
  });
});

describe('offers', () => {
  beforeEach(() => street.open(anna, bert));

  it('are shown to the partner: things, parts of stacks and money', async () => {
    const { slot } = stackOf(await inventory(anna));
    const thing = thingOf(await inventory(anna));
    await street.offer(anna, 0, slot, 4);
    await street.offer(anna, 9, thing, 1);
    await street.offer(anna, 10, 0, 250);
    await street.deliverAll();
    const shown = bert.packets.filter(({ name }) => name === 'SRV_TRADE_ITEM').map(({ payload }) => payload);
    expect(shown).toMatchObject([
      { slot: 0, item: { data: { count: 4 } } },
      { slot: 9, item: { header: {} } },
      { slot: 10, item: { header: { type: 31 }, data: { count: 250 } } },
    ]);
    expect(anna.packets.filter(({ name }) => name === 'SRV_TRADE_ITEM')).toEqual([]);
    for (const trade of [0, 9, 10]) await street.offer(anna, trade, 0, 0);
    await street.deliverAll();
    const withdrawn = bert.packets.slice(-3).map(({ payload }) => payload);
    expect(withdrawn).toEqual([0, 9, 10].map((number) => ({ slot: number, item: {} })));
  });

  it.each([
    ['an empty slot', [0, 100, 1], 'empty_slot'],
    ['a worn thing', [0, 3, 1], 'empty_slot'],
    ['a slot that does not exist', [0, 65_535, 1], 'empty_slot'],
    ['a trade slot that does not exist', [11, 12, 1], 'bad_slot'],
    ['more money than there is', [10, 0, 1_001], 'too_little_money'],
    ['nothing that was offered', [4, 0, 0], 'no_change'],
  ] as const)('of %s are refused', async (_what, [slot, index, amount], reason) => {
    await street.offer(anna, slot, index, amount);
    expect(anna.refusals).toEqual([reason]);
    expect(street.way).toEqual([]);
  });

  it('of more than there is, or of one slot twice, are refused', async () => {
    const { slot, count } = stackOf(await inventory(anna));
    await street.offer(anna, 0, slot, count + 1);
    await street.offer(anna, 0, slot, 1);
    await street.offer(anna, 1, slot, 1);
    expect(anna.refusals).toEqual(['too_few', 'already_offered']);
  });

  it('that change take both readies back', async () => {
    await street.trade(anna, 'READY', bert);
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    expect(states()).toEqual([
      ['ACCEPT', 'READY'],
      ['REQUEST', 'READY'],
    ]);
    await street.offer(bert, 10, 0, 1);
    await street.deliverAll();
    await street.trade(anna, 'DONE', bert);
    await street.trade(bert, 'DONE', anna);
    expect(anna.refusals).toEqual(['not_ready']);
    expect(bert.refusals).toEqual(['not_ready']);
  });

  it('are not agreed to by a READY that had not seen them', async () => {
    await street.trade(anna, 'READY', bert);
    await street.offer(bert, 10, 0, 1);
    await street.deliverAll();
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    expect(bert.states).toEqual(['REQUEST']);
    await street.trade(bert, 'DONE', anna);
    expect(bert.refusals).toEqual(['not_ready']);
  });
});

describe('DONE of both', () => {
  beforeEach(() => street.open(anna, bert));

  it('moves everything at once, and tells both: first what they have, then that it is done', async () => {
    const { slot, count } = stackOf(await inventory(anna));
    const thing = thingOf(await inventory(bert));
    const uid = (await inventory(bert)).slots[thing]?.uid;
    await street.offer(anna, 0, slot, 4);
    await street.offer(anna, 10, 0, 300);
    await street.offer(bert, 3, thing, 1);
    await street.deliverAll();
    await street.agree(anna, bert);
    expect(states()).toEqual([
      ['ACCEPT', 'READY', 'DONE'],
      ['REQUEST', 'READY', 'DONE'],
    ]);
    for (const person of [anna, bert]) {
      expect(person.packets.slice(-2).map(({ name }) => name)).toEqual([
        'SRV_SET_MONEY_AND_ITEM',
        'SRV_TRADE',
      ]);
      expect(person.test.sections.trade).toBeUndefined();
      expect(person.test.timers).toEqual([]);
    }
    const [after, other] = [await inventory(anna), await inventory(bert)];
    expect([after.zuly, other.zuly]).toEqual(['700', '1300']);
    expect(Object.values(after.slots).map((item) => item.uid)).toContain(uid);
    expect(other.slots[thing]?.uid).not.toBe(uid);
    expect(after.slots[slot]).toMatchObject({ count: count - 4 });
    expect(other.slots[stackOf(other).slot]).toMatchObject({ count: count + 4 });
    expect(anna.shownItems).toHaveLength(2);
    // Both inventories were changed behind their owners' turns, and are read again.
    expect(anna.test.sections.inventory).toEqual(after);
    expect(bert.test.sections.inventory).toEqual(other);
  });

  it('also when the one who was asked says it first', async () => {
    await street.offer(bert, 10, 0, 10);
    await street.deliverAll();
    await street.trade(bert, 'READY', anna);
    await street.trade(anna, 'READY', bert);
    await street.deliverAll();
    await street.trade(bert, 'DONE', anna);
    await street.deliverAll();
    expect(await zuly(anna)).toBe('1000');
    await street.trade(anna, 'DONE', bert);
    await street.deliverAll();
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1010', '990']);
    expect(states().map((seen) => seen.at(-1))).toEqual(['DONE', 'DONE']);
  });

  it('closes the offer of who has said it, until the other changes something', async () => {
    await street.trade(anna, 'READY', bert);
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    await street.trade(anna, 'DONE', bert);
    await street.deliverAll();
    await street.offer(anna, 10, 0, 5);
    await street.trade(anna, 'NOTREADY', bert);
    expect(anna.refusals).toEqual(['trade_closing', 'trade_closing']);
    await street.trade(bert, 'NOTREADY', anna);
    await street.deliverAll();
    expect(anna.states.at(-1)).toBe('NOTREADY');
    await street.offer(anna, 10, 0, 5);
    expect(anna.refusals).toHaveLength(2);
  });

  it('moves nothing when something offered is not there any more', async () => {
    const thing = thingOf(await inventory(anna));
    await street.offer(anna, 0, thing, 1);
    await street.offer(bert, 10, 0, 500);
    await street.deliverAll();
    const before = await inventory(anna);
    const { [thing]: sold, ...slots } = before.slots;
    const { version: _version, ...content } = before;
    const gone = await street.economy.settle({
      step: `sell-${made}`,
      now: 1,
      parts: [
        {
          kind: 'inventory',
          characterId: anna.characterId,
          version: before.version,
          epoch: null,
          next: { ...content, slots },
        },
      ],
      burned: [{ reason: 'test', items: sold === undefined ? [] : [sold] }],
    });
    expect(gone.code).toBe('ok');
    await street.agree(anna, bert);
    expect(states().map((seen) => seen.at(-1))).toEqual(['CANCEL', 'CANCEL']);
    expect(anna.refusals).toEqual(['offer_gone']);
    expect(await zuly(bert)).toBe('1000');
  });

  it('moves nothing when one of them has no room', async () => {
    const before = await inventory(bert);
    const sample = before.slots[thingOf(before)];
    if (sample === undefined) throw new Error('no thing');
    const full: Record<string, typeof sample> = { ...before.slots };
    const filling: (typeof sample)[] = [];
    for (let slot = 12; slot <= 131; slot += 1) {
      if (full[slot] !== undefined) continue;
      const one = { ...sample, uid: `fill-${made}-${slot}` };
      full[slot] = one;
      filling.push(one);
    }
    const { version, ...content } = before;
    const next = { ...content, slots: full };
    const filled = await street.economy.settle({
      step: `fill-${made}`,
      now: 1,
      parts: [{ kind: 'inventory', characterId: bert.characterId, version, epoch: null, next }],
      minted: [{ reason: 'test', items: filling }],
    });
    expect(filled.code).toBe('ok');
    await street.offer(anna, 0, thingOf(await inventory(anna)), 1);
    await street.deliverAll();
    await street.agree(anna, bert);
    expect(states().map((seen) => seen.at(-1))).toEqual(['NO_SPACE', 'NO_SPACE']);
    expect(await inventory(bert)).toEqual({ ...next, version: version + 1 });
  });

  it('is worth nothing once the character has another owner', async () => {
    await street.offer(bert, 10, 0, 500);
    await street.deliverAll();
    await street.trade(anna, 'READY', bert);
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    await street.trade(bert, 'DONE', anna);
    await street.deliverAll();
    await street.leave(bert, true);
    await engine.store.update('characters', coreKey(bert.characterId), { set: { epoch: 2 } });
    await street.trade(anna, 'DONE', bert);
    await street.deliverAll();
    expect(anna.states.at(-1)).toBe('CANCEL');
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1000', '1000']);
  });
});

describe('the end of a trade', () => {
  beforeEach(() => street.open(anna, bert));

  it('comes with CANCEL of either', async () => {
    await street.trade(bert, 'CANCEL', anna);
    await street.deliverAll();
    expect(states()).toEqual([['ACCEPT', 'CANCEL'], ['REQUEST']]);
    await street.trade(anna, 'READY', bert);
    expect(anna.states.at(-1)).toBe('INVALID_TARGET');
    await street.trade(bert, 'CANCEL', anna);
    expect(bert.refusals).toEqual(['no_trade']);
  });

  it('comes when one walks away', async () => {
    const position = { ...anna.test.sections.position, to: { x: 523_000, y: 520_000 } };
    anna.test.connection.sections.position = position as unknown as JsonObject;
    await street.pass(2);
    expect(states()).toEqual([['ACCEPT'], ['REQUEST']]);
    await street.pass(3);
    expect(states()).toEqual([
      ['ACCEPT', 'TOO_FAR'],
      ['REQUEST', 'TOO_FAR'],
    ]);
  });

  it('comes when one dies, leaves the world or is stopped', async () => {
    bert.test.connection.sections.vitals = { hp: 0, mp: 0, at: 0, combatAt: 0 };
    await street.pass(1);
    expect(states().map((seen) => seen.at(-1))).toEqual(['CANCEL', 'CANCEL']);
    delete bert.test.connection.sections.vitals;
    await street.open(anna, bert);
    delete bert.test.connection.sections.presence;
    await street.pass(1);
    expect(anna.states.slice(2)).toEqual(['ACCEPT', 'CANCEL']);
    const cleo = await street.enter(`Cleo${made}`);
    await street.open(anna, cleo);
    await street.after(anna, anna.test.signal('trade.stop'));
    await street.deliverAll();
    expect(cleo.states).toEqual(['REQUEST', 'CANCEL']);
  });

  it('comes when one drops, with or without a word', async () => {
    await street.leave(bert);
    await street.deliverAll();
    expect(anna.states.at(-1)).toBe('CANCEL');
    const cleo = await street.enter(`Cleo${made}`);
    await street.open(anna, cleo);
    await street.leave(cleo, true);
    await street.pass(1);
    expect(anna.states.slice(2)).toEqual(['ACCEPT', 'CANCEL']);
  });

  it('is decided by the receipt when somebody cancels after DONE', async () => {
    await street.offer(bert, 10, 0, 500);
    await street.deliverAll();
    await street.trade(anna, 'READY', bert);
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    await street.trade(bert, 'DONE', anna);
    await street.deliverAll();
    await street.trade(anna, 'DONE', bert);
    // Bert does not know yet, and cancels: too late.
    await street.trade(bert, 'CANCEL', anna);
    expect(bert.states.at(-1)).toBe('DONE');
    await street.deliverAll();
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1500', '500']);
    expect(states().map((seen) => seen.filter((state) => state === 'DONE'))).toEqual([['DONE'], ['DONE']]);
  });

  it('and a CANCEL that came first stays, whatever DONE follows', async () => {
    await street.offer(bert, 10, 0, 500);
    await street.deliverAll();
    await street.trade(anna, 'READY', bert);
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    await street.trade(bert, 'DONE', anna);
    await street.deliverAll();
    await street.trade(bert, 'CANCEL', anna);
    await street.trade(anna, 'DONE', bert);
    await street.deliverAll();
    expect(anna.states.at(-1)).toBe('CANCEL');
    expect(await zuly(anna)).toBe('1000');
  });

  it('that nobody can decide while the database is down comes when it is back', async () => {
    const { services, state } = failingEconomy(street);
    street = new Street(engine.store, services);
    [anna, bert] = [await street.enter(`Dora${made}`), await street.enter(`Emil${made}`, 520_300)];
    await street.open(anna, bert);
    await street.offer(bert, 10, 0, 500);
    await street.deliverAll();
    await street.trade(anna, 'READY', bert);
    await street.trade(bert, 'READY', anna);
    await street.deliverAll();
    await street.trade(bert, 'DONE', anna);
    state.down = true;
    await street.trade(bert, 'CANCEL', anna);
    expect(bert.refusals).toEqual(['service_down']);
    expect(bert.test.sections.trade).toBeDefined();
    expect(bert.test.timers).toEqual([expect.objectContaining({ at: bert.test.now + 1_000 })]);
    state.down = false;
    await street.pass(2);
    expect([anna.states.at(-1), bert.states.at(-1)]).toEqual(['CANCEL', 'CANCEL']);
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1000', '1000']);
    expect([anna.test.sections.trade, bert.test.sections.trade]).toEqual([undefined, undefined]);
  });
});
