import { describe, expect, test } from 'vitest';
import { BankListReply, BankListRequest, BankMoveMode } from '../../shared/protocol/packets.generated.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { ownerOf } from './testing/owner.ts';

const { INVENTORY_TO_BANK: IN, BANK_TO_INVENTORY: OUT } = BankMoveMode;
const POTIONS = (count: number) => ({ header: { type: 10, id: 1 }, data: { count } });

const engine = useTestEngine();

async function customer() {
  const owner = await ownerOf(engine.store, { 42: ['consumable/1', 9], 20: 'weapon/1', 7: 'weapon/2' });
  const { tester } = owner;
  return {
    owner,
    item: async (mode: number, index: number, item: object = POTIONS(1)) => {
      const outcome = await tester.packet('CLI_BANK_MOVE_ITEM', { mode, index, item, use_special_tab: 0 });
      await owner.reread();
      return outcome;
    },
    money: async (mode: number, amount: string) => {
      const outcome = await tester.packet('CLI_BANK_MOVE_MONEY', { mode, amount });
      await owner.reread();
      return outcome;
    },
    open: (password = '') => tester.packet('CLI_BANK_LIST_REQ', { request: BankListRequest.OPEN, password }),
    change: async (password: string) => {
      const request = BankListRequest.CHANGE_PASSWORD;
      const outcome = await tester.packet('CLI_BANK_LIST_REQ', { request, password });
      await owner.reread();
      return outcome;
    },
  };
}

describe('things', () => {
  test('go into the bank and back, a part of a stack too, onto what lies there', async () => {
    const { item, open, owner } = await customer();
    const into = (await item(IN, 42, POTIONS(4))).reply('SRV_BANK_MOVE_ITEM');
    expect(into).toMatchObject({ inventory_index: 42, bank_index: 0, money: '1000' });
    expect([into.inventory_item.data.count, into.bank_item.data.count]).toEqual([5, 4]);
    expect((await item(IN, 42, POTIONS(5))).reply('SRV_BANK_MOVE_ITEM')).toMatchObject({
      bank_index: 0,
      inventory_item: { header: { type: 0 } },
      bank_item: { data: { count: 9 } },
    });
    const sword = { header: { type: 8, id: 1 }, data: { count: 0 } };
    expect((await item(IN, 20, sword)).reply('SRV_BANK_MOVE_ITEM').bank_index).toBe(1);
    const list = (await open()).reply('SRV_BANK_LIST_REPLY');
    expect(list.reply).toBe(BankListReply.INIT_DATA);
    expect(list.items.map(({ index }) => index)).toEqual([0, 1]);
    expect((await open()).reply('SRV_BANK_LIST_REPLY').reply).toBe(BankListReply.SHOW_DATA);
    const back = (await item(OUT, 0, POTIONS(9))).reply('SRV_BANK_MOVE_ITEM');
    expect(back).toMatchObject({ inventory_index: 42, bank_item: { header: { type: 0 } } });
    expect((await owner.stored()).slots).toMatchObject({ 42: { count: 9 } });
  });

  test.each([
    ['another kind than lies there', IN, 20, POTIONS(1), 'wrong_item'],
    ['more than there is', IN, 42, POTIONS(10), 'too_few'],
    ['none', IN, 42, POTIONS(0), 'too_few'],
    ['what is worn', IN, 7, POTIONS(1), 'bad_slot'],
    ['an empty slot', OUT, 3, POTIONS(1), 'empty_slot'],
    ['an unknown way', 99, 42, POTIONS(1), 'bad_mode'],
  ])('%s is refused', async (_name, mode, index, named, reason) => {
    const { item, owner } = await customer();
    const outcome = await item(mode, index, named);
    expect([outcome.refused, outcome.replies]).toEqual([reason, []]);
    expect((await owner.stored()).version).toBe(1);
  });
});

describe('money', () => {
  test('goes in and out', async () => {
    const { money, owner } = await customer();
    expect((await money(IN, '999')).reply('SRV_BANK_MOVE_MONEY')).toEqual({ inventory: '1', bank: '999' });
    expect((await money(OUT, '500')).reply('SRV_BANK_MOVE_MONEY')).toEqual({ inventory: '501', bank: '499' });
    expect((await owner.stored()).zuly).toBe('501');
  });

  test.each([
    [IN, '1001', 'too_little_money'],
    [OUT, '1', 'too_little_money'],
    [IN, '0', 'bad_amount'],
    [IN, '-5', 'bad_amount'],
    [OUT, '-9223372036854775808', 'bad_amount'],
    [IN, '9223372036854775807', 'too_little_money'],
    [3, '5', 'bad_mode'],
  ])('mode %i with %s is refused', async (mode, amount, reason) => {
    const { money, owner } = await customer();
    expect((await money(mode, amount)).refused).toBe(reason);
    expect(await owner.stored()).toMatchObject({ zuly: '1000', version: 1 });
  });
});

describe('the password', () => {
  test('is asked for, guessed five times a minute at most, changed when open, and taken away', async () => {
    const { change, item, money, open, owner } = await customer();
    await money(IN, '5');
    expect((await change('sesame')).reply('SRV_BANK_LIST_REPLY').reply).toBe(BankListReply.CHANGED_PASSWORD);
    const stored = await engine.store.get('characters', { pk: `character#${owner.id}`, sk: 'bank' });
    expect(JSON.stringify(stored)).not.toContain('sesame');
    // Another connection.
    const { items: _before, ...sections } = owner.tester.connection.sections;
    owner.tester.connection.sections = sections;
    const need = async (outcome: Awaited<ReturnType<typeof open>>) => [
      outcome.reply('SRV_BANK_LIST_REPLY').reply,
      outcome.refused,
    ];
    expect(await need(await open())).toEqual([BankListReply.NEED_PASSWORD, 'needs_password']);
    expect(await need(await change('mine'))).toEqual([BankListReply.NEED_PASSWORD, 'needs_password']);
    expect((await money(OUT, '5')).refused).toBe('needs_password');
    expect((await item(IN, 42)).refused).toBe('needs_password');
    for (let n = 0; n < 5; n += 1)
      expect(await need(await open(`guess${n}`))).toEqual([BankListReply.NEED_PASSWORD, 'wrong_password']);
    expect(await need(await open('sesame'))).toEqual([BankListReply.NEED_PASSWORD, 'too_many_passwords']);
    owner.tester.now += 60_000;
    expect((await open('sesame')).reply('SRV_BANK_LIST_REPLY').reply).toBe(BankListReply.INIT_DATA);
    expect((await money(OUT, '5')).refused).toBeUndefined();
    expect((await change('')).reply('SRV_BANK_LIST_REPLY').reply).toBe(BankListReply.CLEARED_PASSWORD);
    owner.tester.connection.sections = {
      ...sections,
      inventory: owner.tester.connection.sections.inventory ?? {},
    };
    expect((await open()).refused).toBeUndefined();
    const request = await owner.tester.packet('CLI_BANK_LIST_REQ', { request: 99, password: '' });
    expect(request.refused).toBe('unknown_request');
  });
});
