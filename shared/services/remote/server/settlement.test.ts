import { describe, expect, test } from 'vitest';
import type { Json } from '../../../contract/index.ts';
import type { Settlement } from '../../../economy/settlement.ts';
import { settlementIn } from './settlement.ts';

const stack = { kind: 'stack', uid: 'u-1', type: 10, id: 10, count: 3 } as const;
const whole: Settlement = {
  parts: [
    {
      kind: 'inventory',
      characterId: 'hero',
      version: 4,
      epoch: 2,
      next: { zuly: '18446744073709551615', slots: { 12: stack } },
    },
    { kind: 'inventory', characterId: 'other', version: 0, epoch: null, next: { zuly: '0', slots: {} } },
    { kind: 'bank', characterId: 'hero', version: 0, next: { zuly: '5', slots: {} } },
    {
      kind: 'ground-put',
      row: {
        map: 20,
        region: '1,2',
        id: 'g-1',
        x: 1.5,
        y: -2,
        money: '7',
        ownerId: null,
        ownerObject: 0,
        droppedAt: 1,
        freeAt: 2,
        goneAt: 3,
      },
    },
    { kind: 'ground-take', map: 20, region: '1,2', id: 'g-2' },
    { kind: 'mailbox', characterId: 'other', message: { what: 'sold' }, goods: { money: '7' } },
    { kind: 'mailbox-take', characterId: 'hero', id: 'm-1' },
  ],
  minted: [{ reason: 'drop', items: [stack] }],
  burned: [{ reason: 'used', money: '1' }],
  note: { any: ['thing'] },
};

const sent = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

test('a settlement with every kind of part arrives as it was sent', () => {
  expect(settlementIn(sent(whole))).toEqual(whole);
});

test('one without parts, which only leaves its receipt, too', () => {
  expect(settlementIn({ parts: [], note: 'no' })).toEqual({ parts: [], note: 'no' });
});

test('fields of a newer version survive', () => {
  const [first] = whole.parts;
  const newer = { ...whole, extra: 1, parts: [{ ...first, colour: 'red' }] };
  expect(settlementIn(sent(newer))).toEqual(newer);
});

describe('refused, with the place named', () => {
  const part = (over: object) => ({ parts: [{ ...whole.parts[0], ...over }] });
  test.each([
    ['no object', [], /settlement/],
    ['no list of parts', { minted: [] }, /settlement\.parts/],
    ['an unknown kind', { parts: [{ kind: 'theft' }] }, /parts\.0\.kind: unknown kind theft/],
    ['a kind of every object', { parts: [{ kind: 'constructor' }] }, /unknown kind constructor/],
    ['a missing version', part({ version: undefined }), /parts\.0\.version/],
    ['a fraction of a version', part({ version: 1.5 }), /parts\.0\.version/],
    ['money as a number', part({ next: { zuly: 5, slots: {} } }), /parts\.0\.next\.zuly/],
    ['negative money', part({ next: { zuly: '-5', slots: {} } }), /parts\.0\.next\.zuly/],
    [
      'an item without identity',
      part({ next: { zuly: '5', slots: { 1: { ...stack, uid: '' } } } }),
      /slots\.1\.uid/,
    ],
    ['goods without a reason', { ...whole, minted: [{ money: '5' }] }, /minted\.0\.reason/],
  ])('%s', (_what, value, place) => {
    expect(() => settlementIn(sent(value))).toThrow(place);
    expect(() => settlementIn(sent(value))).toThrow('bad_service_message');
  });
});
