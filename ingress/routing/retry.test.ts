import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Channel } from './channel.ts';
import type { FamilyRoute } from './family-route.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { classify, planPartial, planWhole, throttleWait } from './retry.ts';
import { TurnRecord } from './turn.ts';

const error = new EdgeError('bad_result', 'not what was asked for');
const turns = (count: number, failures = 0): TurnRecord[] =>
  Array.from({ length: count }, () => {
    const record = new TurnRecord({} as Channel, {} as FamilyRoute, [], {} as TurnRecord['turn'], 1);
    record.failures = failures;
    return record;
  });
const partial = (bad: readonly TurnRecord[], missing: readonly TurnRecord[]) =>
  planPartial({ good: [], bad: bad.map((record) => ({ record, error })), missing, foreign: 0 });

describe('what a rejection means', () => {
  it.each([
    ['invoke_throttled', {}, { outcome: 'throttled', unsent: true, ended: true }],
    ['invoke_timeout', {}, { outcome: 'timeout', unsent: false, ended: false }],
    ['bad_result', {}, { outcome: 'bad_result', unsent: false, ended: true }],
    ['invoke_failed', {}, { outcome: 'failed', unsent: false, ended: false }],
    ['invoke_failed', { ended: true }, { outcome: 'failed', unsent: false, ended: true }],
    ['invoke_failed', { ended: true, status: null }, { outcome: 'failed', unsent: true, ended: true }],
    ['invoke_failed', { ended: false, status: null }, { outcome: 'failed', unsent: false, ended: false }],
  ] as const)('%s %j', (code, details, expected) => {
    expect(classify(new EdgeError(code, 'no', details), 'a')).toMatchObject(expected);
  });

  it('anything unknown may have run, and may still run', () => {
    const failure = classify(new TypeError('oh'), 'a');
    expect(failure).toMatchObject({ outcome: 'failed', unsent: false, ended: false });
    expect(failure.error).toMatchObject({ code: 'invoke_failed', details: { family: 'a' } });
  });
});

describe('what is tried again', () => {
  it('a batch in halves, none of which is blamed', () => {
    const five = turns(5);
    expect(planWhole(five)).toEqual({ again: [five.slice(0, 3), five.slice(3)], dropped: [] });
    expect(five.map(({ failures }) => failures)).toEqual([0, 0, 0, 0, 0]);
  });

  it('a turn alone once more, and then no more', () => {
    const alone = turns(1);
    expect(planWhole(alone)).toEqual({ again: [alone], dropped: [] });
    expect(planWhole(alone)).toEqual({ again: [], dropped: alone });
  });

  it('those answered wrongly and those not answered apart from each other, and only the first are blamed', () => {
    const [bad, missing] = [turns(2), turns(3)];
    expect(partial(bad, missing)).toEqual({ again: [bad, missing], dropped: [] });
    expect([...bad, ...missing].map(({ failures }) => failures)).toEqual([1, 1, 0, 0, 0]);
    expect(partial(bad, missing)).toEqual({ again: [missing], dropped: bad });
    expect(partial([], missing)).toEqual({ again: [missing], dropped: [] });
  });

  it('the only one not answered has itself to blame', () => {
    const [bad, missing] = [turns(1, 1), turns(1)];
    expect(partial(bad, missing)).toEqual({ again: [missing], dropped: bad });
    expect(partial([], missing)).toEqual({ again: [], dropped: missing });
    expect(partial(turns(0), turns(0))).toEqual({ again: [], dropped: [] });
  });
});

it('waits of throttled attempts double up to the longest, each between half of it and all of it', () => {
  const limits = { ...DEFAULT_LIMITS, throttleFirst: 20, throttleMost: 100 };
  const least = [1, 2, 3, 4, 50].map((count) => throttleWait(count, limits, () => 0));
  expect(least).toEqual([10, 20, 40, 50, 50]);
  const most = [1, 2, 3, 4, 50].map((count) => throttleWait(count, limits, () => 2 ** 32 - 1));
  for (const [index, wait] of most.entries()) expect(wait).toBeCloseTo((least[index] ?? 0) * 2, 5);
});
