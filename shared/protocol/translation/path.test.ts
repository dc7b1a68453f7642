import { describe, expect, it } from 'vitest';
import { changedAt, valueAt, withValue } from './path.ts';

describe('a place in the fields of a packet', () => {
  const fields = { id: 1, item: { data: { count: 2 } }, list: [{ items: [1, 2] }, { items: [3] }, {}] };
  const before = structuredClone(fields);

  it('is found, or undefined where the way ends', () => {
    expect(valueAt(fields, 'item.data.count')).toBe(2);
    expect(valueAt(fields, 'list.1.items')).toEqual([3]);
    expect(valueAt(fields, 'id.data')).toBeUndefined();
    expect(valueAt(fields, 'none.at.all')).toBeUndefined();
  });

  it('is filled, with what is missing on the way', () => {
    expect(withValue({ id: 1 }, 'damage.amount', 9)).toEqual({ id: 1, damage: { amount: 9 } });
    expect(withValue({ id: 1, damage: { action: 2 } }, 'damage.amount', 9)).toEqual({
      id: 1,
      damage: { action: 2, amount: 9 },
    });
    expect(withValue({}, 'members.0', 'a')).toEqual({ members: ['a'] });
    expect(withValue({ members: ['a', 'b'] }, 'members.0', 'c')).toEqual({ members: ['c', 'b'] });
  });

  it('is changed in every element of its lists, where it exists', () => {
    const doubled = changedAt(fields, 'list[].items[]', (value) => Number(value) * 2);
    expect(doubled.list).toEqual([{ items: [2, 4] }, { items: [6] }, {}]);
    expect(changedAt(fields, 'item[].data', () => 0)).toEqual(fields);
    expect(changedAt(fields, 'id.data', () => 0)).toEqual(fields);
    expect(changedAt(fields, 'none', () => 0)).toEqual(fields);
  });

  it('leaves the fields themselves as they were', () => {
    withValue(fields, 'item.data.count', 5);
    changedAt(fields, 'list[].items', () => 0);
    expect(fields).toEqual(before);
  });
});
