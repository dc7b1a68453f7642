import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/contract/index.ts';
import { readOver, readRequest, readStatement } from './reading.ts';

const place = { map: 20, x: 1.5, y: -2, speed: 0, start: 0 };
const stack = { kind: 'stack', uid: 's', type: 10, id: 1, count: 1 };
const thing = {
  kind: 'single',
  uid: 't',
  type: 8,
  id: 2,
  isCreated: true,
  gem: 0,
  durability: 1,
  life: 1000,
  hasSocket: false,
  isAppraised: true,
  refine: 3,
};
const offer = {
  revision: 2,
  items: { 0: { from: 12, item: stack }, 9: { from: 13, item: thing } },
  money: 0xffff_ffff,
};
const statement = {
  id: 't1',
  n: 1,
  open: true,
  offer,
  round: 0,
  ready: true,
  done: false,
  seen: { revision: 1, round: 0 },
  epoch: 4,
  place,
};
const offering = (change: JsonObject) => readStatement({ ...statement, offer: { ...offer, ...change } });
const holding = (item: JsonObject) => offering({ items: { 0: { from: 12, item } } });

describe('what another side says', () => {
  it('is taken as it is, all of it', () => {
    expect(readStatement(statement)).toEqual(statement);
    const walking = { ...statement, place: { ...place, to: { x: 9, y: 9 } } };
    expect(readStatement(walking)).toEqual(walking);
    const request = { id: 't1', objectId: 2001, epoch: 4, place };
    expect(readRequest(request)).toEqual(request);
    expect(readOver({ id: 't1', code: 255 })).toEqual({ id: 't1', code: 255 });
  });

  it('is nothing when any part of it is missing', () => {
    for (const part of Object.keys(statement)) {
      expect(readStatement({ ...statement, [part]: null })).toBeUndefined();
    }
    for (const item of [stack, thing]) {
      expect(holding(item)).toBeDefined();
      for (const part of Object.keys(item)) expect(holding({ ...item, [part]: null })).toBeUndefined();
    }
    expect(readRequest({ id: 't1', objectId: 2001, epoch: 4 })).toBeUndefined();
    expect(readOver({ id: 't1' })).toBeUndefined();
  });

  it('names a trade by 1 to 200 characters', () => {
    const named = (id: string) => readOver({ id, code: 0 }) !== undefined;
    expect([0, 1, 200, 201].map((length) => named('x'.repeat(length)))).toEqual([false, true, true, false]);
  });

  it('offers no more money than the wire can say, in ten places, and at least one of what stacks', () => {
    expect(offering({ money: 0x1_0000_0000 })).toBeUndefined();
    expect(offering({ money: -1 })).toBeUndefined();
    expect(offering({ items: { 10: { from: 12, item: stack } } })).toBeUndefined();
    expect(holding({ ...stack, count: 0 })).toBeUndefined();
    expect(holding({ ...thing, refine: -1 })).toBeUndefined();
    expect(readOver({ id: 't1', code: 256 })).toBeUndefined();
  });
});
