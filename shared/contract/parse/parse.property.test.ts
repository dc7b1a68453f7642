import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../errors/edge-error.ts';
import { parseEvent, parseManifest, parseResult } from './index.ts';

/** JSON that has the contract's keys here and there, so that it gets past the first check. */
const keys = fc.constantFrom(
  'v',
  'turns',
  'turnId',
  'state',
  'sections',
  'replies',
  'name',
  'payload',
  'raw',
  'type',
  'place',
  'timers',
  'to',
  'packets',
  '__proto__',
);
const { value: near } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, 1, -1, 0.5, true, '', 'x', 'self', 'map/1/2,3', 'AAEC'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
  ),
}));

function onlyEdgeErrors(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(EdgeError);
  }
}

describe('whatever comes', () => {
  it('nothing but an EdgeError is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near), (value) => {
        onlyEdgeErrors(() => parseEvent(value));
        onlyEdgeErrors(() => parseManifest(value));
        onlyEdgeErrors(() => parseResult(value, { family: 'x' }));
      }),
      { numRuns: 500 },
    );
  });

  it('each turn of a result has an outcome, and one that is good again parses as itself', () => {
    fc.assert(
      fc.property(fc.array(near, { maxLength: 6 }), (turns) => {
        const parsed = parseResult({ v: 1, turns }, { family: 'x' });
        expect(parsed).toHaveLength(turns.length);
        for (const turn of parsed) {
          if ('error' in turn) expect(turn.error.code).toBe('bad_result');
          else expect(parseResult({ v: 1, turns: [turn.result] }, { family: 'x' })).toEqual([turn]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
