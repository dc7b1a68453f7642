import { describe, expect, it } from 'vitest';
import type { TurnResult } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Channel } from './channel.ts';
import type { FamilyRoute } from './family-route.ts';
import type { Lane } from './lane.ts';
import type { CheckedTurn } from './parts.ts';
import { sortAnswer } from './sort-answer.ts';
import { TurnRecord } from './turn.ts';
import { Waiting } from './waiting.ts';

const asked = (turnId: string, messages = 1): TurnRecord => {
  const message = { seq: 1, kind: 'packet', name: 'X', type: 1, payload: {} } as const;
  const taken = Array.from({ length: messages }, () => new Waiting(message, {} as Lane, null, 0, 1, 0));
  const family = { name: 'a' } as FamilyRoute;
  return new TurnRecord({} as Channel, family, taken, { turnId } as TurnRecord['turn'], 1);
};
const good = (turnId: string, result: Partial<TurnResult> = {}): CheckedTurn => ({
  turnId,
  result: { turnId, ...result },
});
const bad = (turnId: string | null): CheckedTurn => ({
  turnId,
  error: new EdgeError('bad_result', 'nonsense'),
});

/** The turns by what became of them. */
function sorted(records: readonly TurnRecord[], answer: readonly CheckedTurn[]) {
  const outcome = sortAnswer(records, answer);
  return {
    good: outcome.good.map(({ record }) => record.id),
    bad: outcome.bad.map(({ record }) => record.id),
    missing: outcome.missing.map(({ id }) => id),
    foreign: outcome.foreign,
  };
}

describe('an answer', () => {
  const records = [asked('1'), asked('2'), asked('3')];

  it('in any order is that of the turns that it names', () => {
    const all = { bad: [], missing: [], foreign: 0 };
    expect(
      sorted(
        records,
        ['1', '2', '3'].map((id) => good(id)),
      ),
    ).toEqual({ good: ['1', '2', '3'], ...all });
    expect(
      sorted(
        records,
        ['3', '1', '2'].map((id) => good(id)),
      ),
    ).toEqual({ good: ['3', '1', '2'], ...all });
  });

  it('with more than was asked is good for what was', () => {
    const answer = [good('1'), good('2'), good('3'), good('4'), bad(null)];
    expect(sorted(records, answer)).toEqual({ good: ['1', '2', '3'], bad: [], missing: [], foreign: 2 });
  });

  it('that is wrong or missing for one turn is good for the others', () => {
    expect(sorted(records, [bad('1'), good('3')])).toEqual({
      good: ['3'],
      bad: ['1'],
      missing: ['2'],
      foreign: 0,
    });
    expect(sorted(records, [])).toEqual({ good: [], bad: [], missing: ['1', '2', '3'], foreign: 0 });
  });

  it('that has a turn twice is bad for it, however good both are', () => {
    for (const twice of [
      [good('1'), good('1')],
      [bad('1'), good('1')],
      [good('1'), bad('1'), good('1')],
    ]) {
      const others = [good('2'), good('3')];
      const expected = { good: ['2', '3'], bad: ['1'], missing: [], foreign: 0 };
      expect(sorted(records, [...twice, ...others])).toEqual(expected);
    }
  });
});

it.each([
  [{ failedAt: 0 }, true],
  [{ failedAt: 2 }, true],
  [{ failedAt: 3 }, false],
  [{ failedAt: -1 }, false],
  [{ failedAt: 0.5 }, false],
  [{ handled: 1 }, true],
  [{ handled: 3 }, true],
  [{ handled: 0 }, false],
  [{ handled: 4 }, false],
  [{ handled: 1.5 }, false],
  [{ failedAt: 1, handled: 1 }, false],
])('of three messages %j makes sense: %s', (result, sound) => {
  const { good: kept, bad: refused } = sorted([asked('1', 3)], [good('1', result)]);
  expect([kept, refused]).toEqual(sound ? [['1'], []] : [[], ['1']]);
});
