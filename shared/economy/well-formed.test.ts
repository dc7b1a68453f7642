import { describe, expect, test } from 'vitest';
import type { StoredItem } from '../sections/index.ts';
import type { Container } from './container.ts';
import type { Goods } from './settlement.ts';
import { malformed } from './well-formed.ts';

describe('what no entity may hold', () => {
  const inventory = (next: Container) =>
    malformed({ parts: [{ kind: 'inventory', characterId: 'c', version: 1, epoch: null, next }] });
  const with1 = (slot: number, over: object) =>
    ({
      zuly: '0',
      slots: { [slot]: { kind: 'stack', uid: 'a', type: 10, id: 1, count: 1, ...over } as StoredItem },
    }) satisfies Container;

  test.each([
    ['negative money', { zuly: '-1', slots: {} }],
    ['money beyond the wire', { zuly: '9223372036854775808', slots: {} }],
    ['money that is no number', { zuly: '1e3', slots: {} }],
    ['slot 0', with1(0, {})],
    ['slot 140', with1(140, {})],
    ['an empty stack', with1(12, { count: 0 })],
    ['half an item', with1(12, { count: 1.5 })],
    ['a stack of 1,000', with1(12, { count: 1000 })],
    ['a type beyond 5 bits', with1(12, { type: 32 })],
    ['a thing without identity', with1(12, { uid: '' })],
    ['one identity twice', { zuly: '0', slots: { ...with1(12, {}).slots, ...with1(13, {}).slots } }],
  ])('%s', (_name, next) => {
    expect(inventory(next)).not.toBeNull();
  });

  const blade = {
    kind: 'single',
    uid: 'a',
    type: 31,
    id: 1023,
    isCreated: false,
    gem: 511,
    durability: 127,
    life: 1023,
    hasSocket: false,
    isAppraised: true,
    refine: 15,
  } as const satisfies StoredItem;

  test.each([
    ['type', 32],
    ['id', 1024],
    ['gem', 512],
    ['durability', 128],
    ['life', 1024],
    ['refine', 16],
  ])('a thing whose %s is %i: the wire cannot say it', (field, beyond) => {
    const holding = (item: StoredItem) => inventory({ zuly: '0', slots: { 12: item } });
    expect(holding(blade)).toBeNull();
    for (const value of [beyond, -1, 0.5]) expect(holding({ ...blade, [field]: value })).not.toBeNull();
  });

  test('goods that are sent, made or used up, and are not sound', () => {
    const sound: Goods = { money: '1', items: [blade] };
    for (const [goods, good] of [
      [sound, true],
      [{ money: '-1' }, false],
      [{ items: [blade, { ...blade, uid: '' }] }, false],
    ] as const) {
      const flow = [{ reason: 'drop', ...goods }];
      const mail = { kind: 'mailbox', characterId: 'c', message: {}, goods } as const;
      expect(malformed({ parts: [mail] }) === null).toBe(good);
      expect(malformed({ parts: [], minted: flow }) === null).toBe(good);
      expect(malformed({ parts: [], burned: flow }) === null).toBe(good);
    }
  });

  test('one entity in two parts', () => {
    const part = { kind: 'bank', characterId: 'c', version: 0, next: { zuly: '0', slots: {} } } as const;
    expect(malformed({ parts: [part, part] })).toContain('twice');
    expect(malformed({ parts: [part, { ...part, characterId: 'd' }] })).toBeNull();
  });

  test('a place on the ground with nothing, with both, or with more money than a pile says', () => {
    const row = {
      map: 20,
      region: '1,1',
      id: 'x',
      x: 0,
      y: 0,
      ownerId: null,
      ownerObject: 0,
      droppedAt: 0,
      freeAt: 0,
      goneAt: 1,
    };
    const lying = (over: object) => malformed({ parts: [{ kind: 'ground-put', row: { ...row, ...over } }] });
    expect(lying({ money: '4294967295' })).toBeNull();
    expect(lying({})).not.toBeNull();
    expect(lying({ money: '0' })).not.toBeNull();
    expect(lying({ money: '4294967296' })).not.toBeNull();
    const stacked = with1(12, {}).slots[12];
    expect(lying({ money: '1', item: stacked })).not.toBeNull();
    expect(lying({ item: stacked })).toBeNull();
  });
});
