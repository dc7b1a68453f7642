import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../test/support/engine.ts';
import { characterService } from '../../../../test/support/services.ts';
import { injectFaults, type StoreFaults } from '../../../../test/support/store-faults.ts';
import {
  type Container,
  carryOut,
  type GroundItem,
  inventoryPart,
  put,
  take,
  uidsOf,
  withMoney,
} from '../../../economy/index.ts';
import type { InventorySection, StoredItem } from '../../../sections/index.ts';
import { coreKey, openStore, type Store } from '../../../store/index.ts';
import type { CharacterService, SettleRequest } from '../../index.ts';

const NOW = Date.now();
let engine: TestEngine;
let store: Store;
let faults: StoreFaults;
let service: CharacterService;
let count = 0;

beforeAll(async () => {
  engine = await startTestEngine();
  // A store of its own with little patience, so that lasting faults are given up soon.
  store = openStore(engine.environment, { patience: { within: 400, first: 5, longest: 20 } });
  faults = injectFaults(store);
  service = characterService(store);
});
afterAll(async () => {
  store.close();
  await engine.stop();
});
beforeEach(() => {
  faults.choose = () => undefined;
});

const next = () => {
  count += 1;
  return count;
};
const step = () => `conn-${next()}/1/test`;

/** A new character: 1,000 zuly, ten potions somewhere in its bag. */
async function person(): Promise<string> {
  const n = next();
  const made = await service.create({
    userId: `u${n}`,
    right: 1,
    name: `Person${n}`,
    race: 0,
    face: 0,
    hair: 0,
    now: NOW,
    step: `create-${n}`,
  });
  if (made.code !== 'ok') throw new Error(made.code);
  return made.id;
}

async function inventoryOf(id: string): Promise<InventorySection> {
  const outcome = await service.possessions({ characterIds: [id] });
  if (outcome.code !== 'ok') throw new Error(outcome.code);
  const inventory = outcome.inventories[id];
  if (inventory === undefined) throw new Error('no inventory');
  return inventory;
}

function paid(container: Container, change: bigint): Container {
  const after = withMoney(container, change);
  if (after === undefined) throw new Error('not enough');
  return after;
}

/** 100 zuly from one to the other. */
async function payment(from: string, to: string): Promise<SettleRequest> {
  const [a, b] = await Promise.all([inventoryOf(from), inventoryOf(to)]);
  return {
    now: NOW,
    step: step(),
    parts: [inventoryPart(from, a, paid(a, -100n), null), inventoryPart(to, b, paid(b, 100n), null)],
    note: { what: 'payment' },
  };
}

function slotOfPotions({ slots }: Pick<InventorySection, 'slots'>): number {
  const found = Object.entries(slots).find(([, item]) => item.kind === 'stack');
  if (found === undefined) throw new Error('no potions');
  return Number(found[0]);
}

function onGround(item: StoredItem, id: string, region: string): GroundItem {
  const where = { map: 20, region, x: 1, y: 2, ownerObject: 0, ownerId: null };
  return { ...where, id, item, droppedAt: NOW, freeAt: NOW, goneAt: NOW + 300_000 };
}

describe('a settlement', () => {
  test('moves money between two inventories, once', async () => {
    const [ann, bob] = [await person(), await person()];
    const request = await payment(ann, bob);
    expect(await service.settle(request)).toEqual({ code: 'ok', repeated: false, note: { what: 'payment' } });
    expect([(await inventoryOf(ann)).zuly, (await inventoryOf(bob)).zuly]).toEqual(['900', '1100']);
    expect(await service.settle(request)).toEqual({ code: 'ok', repeated: true, note: { what: 'payment' } });
    expect([(await inventoryOf(ann)).zuly, (await inventoryOf(bob)).zuly]).toEqual(['900', '1100']);
    expect((await inventoryOf(ann)).version).toBe(2);
  });

  test('keeps fields of an inventory that it does not know', async () => {
    const id = await person();
    const before = await inventoryOf(id);
    const next = { ...paid(before, -1n), colour: 'blue' };
    const burned = [{ reason: 'test', money: '1' }];
    const parts = [inventoryPart(id, before, next, null)];
    expect(await service.settle({ now: NOW, step: step(), parts, burned })).toMatchObject({ code: 'ok' });
    expect(await inventoryOf(id)).toMatchObject({ colour: 'blue', zuly: '999', version: 2 });
  });

  test.each([
    ['money from nothing', { change: 1n, minted: [], burned: [] }],
    ['money that vanishes', { change: -1n, minted: [], burned: [] }],
    ['minting that arrives nowhere', { change: 0n, minted: [{ reason: 'x', money: '5' }], burned: [] }],
  ])('is refused for %s, and writes nothing', async (_name, { change, minted, burned }) => {
    const id = await person();
    const before = await inventoryOf(id);
    const parts = [inventoryPart(id, before, paid(before, change), null)];
    const outcome = await service.settle({ now: NOW, step: step(), parts, minted, burned });
    expect(outcome.code).toBe('unbalanced');
    expect(await inventoryOf(id)).toEqual(before);
  });

  test('is refused when a thing changes its kind or is there twice', async () => {
    const id = await person();
    const before = await inventoryOf(id);
    const weapon = before.slots['7'];
    if (weapon === undefined) throw new Error('no weapon');
    const turned = { ...before, slots: { ...before.slots, '7': { ...weapon, id: weapon.id + 1 } } };
    const doubled = { ...before, slots: { ...before.slots, '50': weapon } };
    for (const wrong of [turned, doubled]) {
      const parts = [inventoryPart(id, before, wrong, null)];
      expect((await service.settle({ now: NOW, step: step(), parts })).code).toBe('unbalanced');
    }
    const worn = { ...before, slots: { ...before.slots, '7': { ...weapon, life: 3 } } };
    const parts = [inventoryPart(id, before, worn, null)];
    expect((await service.settle({ now: NOW, step: step(), parts })).code).toBe('ok');
  });

  test('of two at once on one inventory one wins and the other is stale', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [ann, bob] = [await person(), await person()];
      const requests = [await payment(ann, bob), await payment(ann, bob)];
      const codes = (await Promise.all(requests.map((one) => service.settle(one)))).map(({ code }) => code);
      expect(codes.sort()).toEqual(['ok', 'stale']);
      expect([(await inventoryOf(ann)).zuly, (await inventoryOf(bob)).zuly]).toEqual(['900', '1100']);
    }
  });

  test('is fenced off when the acting character has another owner', async () => {
    const id = await person();
    await store.update('characters', coreKey(id), { set: { epoch: 4 } });
    const before = await inventoryOf(id);
    const request = (epoch: number) => ({
      now: NOW,
      step: step(),
      parts: [inventoryPart(id, before, paid(before, -1n), epoch)],
      burned: [{ reason: 'test', money: '1' }],
    });
    expect(await service.settle(request(3))).toEqual({ code: 'fenced' });
    expect(await inventoryOf(id)).toEqual(before);
    expect((await service.settle(request(4))).code).toBe('ok');
  });

  test('of two who pick one thing up one gets it', async () => {
    const [ann, bob, owner] = [await person(), await person(), await person()];
    const region = `${next()},1`;
    const own = await inventoryOf(owner);
    const slot = slotOfPotions(own);
    const taken = take(own, slot, 4, uidsOf('drop'));
    if (taken.code !== 'ok') throw new Error(taken.code);
    const row = onGround(taken.item, `item${next()}`, region);
    const dropped = await service.settle({
      now: NOW,
      step: step(),
      parts: [inventoryPart(owner, own, taken.rest, null), { kind: 'ground-put', row }],
    });
    expect(dropped.code).toBe('ok');
    expect(await service.onGround({ map: 20, region })).toEqual({ code: 'ok', rows: [row] });
    const pick = async (id: string) => {
      const before = await inventoryOf(id);
      const held = put(before, taken.item, [100]);
      if (held.code !== 'ok') throw new Error(held.code);
      return service.settle({
        now: NOW,
        step: step(),
        parts: [
          { kind: 'ground-take', map: 20, region, id: row.id },
          inventoryPart(id, before, held.into, null),
        ],
      });
    };
    const codes = (await Promise.all([pick(ann), pick(bob)])).map(({ code }) => code);
    expect(codes.sort()).toEqual(['ok', 'stale']);
    expect(await service.onGround({ map: 20, region })).toEqual({ code: 'ok', rows: [] });
  });

  test('moves money into a bank that did not exist, and out of it', async () => {
    const id = await person();
    for (const [change, left] of [
      [400n, '600'],
      [-150n, '750'],
    ] as const) {
      const held = await service.possessions({ characterIds: [id], banks: true });
      if (held.code !== 'ok') throw new Error(held.code);
      const [inventory, bank] = [held.inventories[id], held.banks[id]];
      if (inventory === undefined || bank === undefined) throw new Error('nothing there');
      const { version, ...content } = bank;
      const parts = [
        inventoryPart(id, inventory, paid(inventory, -change), null),
        { kind: 'bank', characterId: id, version, next: paid(content, change) } as const,
      ];
      expect((await service.settle({ now: NOW, step: step(), parts })).code).toBe('ok');
      expect((await inventoryOf(id)).zuly).toBe(left);
    }
    const held = await service.possessions({ characterIds: [id], banks: true });
    expect(held).toMatchObject({ banks: { [id]: { version: 2, zuly: '250' } } });
  });

  test('leaves a message, with goods that are taken by another settlement', async () => {
    const id = await person();
    const before = await inventoryOf(id);
    const minted = [{ reason: 'prize', money: '70' }];
    const message = { kind: 'prize' };
    const sent = await service.settle({
      now: NOW,
      step: step(),
      minted,
      parts: [
        { kind: 'mailbox', characterId: id, message, goods: { money: '70' } },
        { kind: 'mailbox', characterId: id, message: { kind: 'news' } },
      ],
    });
    expect(sent.code).toBe('ok');
    const box = await service.mailbox({ characterId: id });
    if (box.code !== 'ok') throw new Error(box.code);
    expect(box.mails.map((mail) => [mail.message.kind, mail.goods])).toEqual([
      ['prize', { money: '70' }],
      ['news', null],
    ]);
    const ids = box.mails.map((mail) => mail.id);
    await service.acknowledge({ characterId: id, ids });
    const left = await service.mailbox({ characterId: id });
    expect(left).toMatchObject({ mails: [{ message }] });
    const parts = [
      { kind: 'mailbox-take', characterId: id, id: ids[0] ?? '' } as const,
      inventoryPart(id, before, paid(before, 70n), null),
    ];
    expect((await service.settle({ now: NOW, step: step(), parts })).code).toBe('ok');
    expect(await service.mailbox({ characterId: id })).toEqual({ code: 'ok', mails: [] });
  });
});

describe('when the database fails', () => {
  const named = (name: string) => Object.assign(new Error(name), { name });
  const once = (fault: 'lost-request' | 'lost-answer' | Error) => {
    let done = false;
    faults.choose = (command) => {
      if (command !== 'TransactWriteItemsCommand' || done) return undefined;
      done = true;
      return fault;
    };
  };

  test.each([
    ['a transaction conflict', named('TransactionConflictException')],
    ['throttling', named('ThrottlingException')],
    ['a lost request', 'lost-request' as const],
    ['a lost answer', 'lost-answer' as const],
  ])('%s is tried again, and the settlement happens once', async (_name, fault) => {
    const [ann, bob] = [await person(), await person()];
    const request = await payment(ann, bob);
    once(fault);
    expect(await service.settle(request)).toMatchObject({ code: 'ok' });
    expect([(await inventoryOf(ann)).zuly, (await inventoryOf(bob)).zuly]).toEqual(['900', '1100']);
  });

  test.each([
    ['conflicts', named('TransactionConflictException')],
    ['losses', 'lost-request' as const],
  ])('lasting %s are told as down; called again later it happens', async (_name, fault) => {
    const [ann, bob] = [await person(), await person()];
    const request = await payment(ann, bob);
    faults.choose = (command) => (command === 'TransactWriteItemsCommand' ? fault : undefined);
    expect((await service.settle(request)).code).toBe('down');
    faults.choose = () => undefined;
    expect((await inventoryOf(ann)).zuly).toBe('1000');
    expect(await service.settle(request)).toMatchObject({ code: 'ok', repeated: false });
    expect((await inventoryOf(ann)).zuly).toBe('900');
  });

  test('answers that are lost for good leave a receipt that the next call finds', async () => {
    const [ann, bob] = [await person(), await person()];
    const request = await payment(ann, bob);
    faults.choose = (command) => (command === 'TransactWriteItemsCommand' ? 'lost-answer' : undefined);
    // Whether the retry within the call sees its own write decides between the two; both are right.
    expect(['ok', 'down']).toContain((await service.settle(request)).code);
    faults.choose = () => undefined;
    expect(await service.settle(request)).toMatchObject({ code: 'ok', repeated: true });
    expect([(await inventoryOf(ann)).zuly, (await inventoryOf(bob)).zuly]).toEqual(['900', '1100']);
  });
});

describe('carrying out a plan', () => {
  const burn = (id: string, amount: bigint) => ({
    step: step(),
    now: NOW,
    attempt: 1,
    characterIds: [id],
    plan: ({ inventories }: { inventories: Readonly<Record<string, InventorySection>> }) => {
      const before = inventories[id];
      const after = before && withMoney(before, -amount);
      if (before === undefined || after === undefined) return { refused: 'too_poor' as const };
      return {
        parts: [inventoryPart(id, before, after, null)],
        burned: [{ reason: 'test', money: amount.toString() }],
        note: { left: after.zuly },
      };
    },
  });

  test('computes anew from what is there when its knowledge is out of date', async () => {
    const id = await person();
    const old = await inventoryOf(id);
    await carryOut(service, burn(id, 300n));
    const outcome = await carryOut(service, { ...burn(id, 50n), known: { inventories: { [id]: old } } });
    expect(outcome).toMatchObject({
      code: 'ok',
      note: { left: '650' },
      inventories: { [id]: { zuly: '650' } },
    });
  });

  test('refuses by what is there', async () => {
    const id = await person();
    expect(await carryOut(service, burn(id, 1001n))).toEqual({ code: 'refused', reason: 'too_poor' });
  });

  test('a second attempt of the turn finds the first one’s outcome, whatever has changed since', async () => {
    const id = await person();
    const errand = burn(id, 900n);
    expect(await carryOut(service, errand)).toMatchObject({ code: 'ok', repeated: false });
    const again = await carryOut(service, { ...errand, attempt: 2 });
    expect(again).toMatchObject({ code: 'ok', repeated: true, note: { left: '100' } });
    expect((await inventoryOf(id)).zuly).toBe('100');
  });

  test('five at once on one purse all get through, and none twice', async () => {
    const id = await person();
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => carryOut(service, burn(id, 10n))));
    expect(outcomes.map(({ code }) => code)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect((await inventoryOf(id)).zuly).toBe('950');
  });
});
