import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { EdgeError } from '../errors/edge-error.ts';
import { classify } from './classify.ts';
import { type Attempt, persevere } from './persevere.ts';
import type { Surroundings } from './surroundings.ts';

/** Time that passes only by sleeping. */
function standing(dice = 0) {
  let time = 0;
  const sleeps: number[] = [];
  const surroundings: Surroundings = {
    now: () => time,
    monotonic: () => time,
    async sleep(milliseconds) {
      sleeps.push(milliseconds);
      time += milliseconds;
    },
    random: () => dice,
    nonce: () => 'n',
  };
  return { surroundings, sleeps };
}

function named(name: string, status?: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
}

function cancelled(...codes: string[]): Error {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'no', $metadata: {}, CancellationReasons });
}

const PATIENCE = { within: 1_000, first: 100, longest: 400 };

describe('classify', () => {
  it.each([
    [named('ConditionalCheckFailedException', 400), 'condition'],
    [cancelled('None', 'ConditionalCheckFailed'), 'condition'],
    [cancelled('TransactionConflict', 'ConditionalCheckFailed'), 'condition'],
    [cancelled('None', 'TransactionConflict'), 'conflict'],
    [cancelled('ThrottlingError'), 'throttled'],
    [cancelled('ValidationError'), 'refused'],
    [named('TransactionConflictException', 400), 'conflict'],
    [named('TransactionInProgressException', 400), 'conflict'],
    [named('ProvisionedThroughputExceededException', 400), 'throttled'],
    [named('ThrottlingException', 400), 'throttled'],
    [named('ValidationException', 400), 'refused'],
    [named('ResourceNotFoundException', 400), 'refused'],
    [named('Unknown', 413), 'refused'],
    [named('InternalServerError', 500), 'unclear'],
    [named('ServiceUnavailable', 503), 'unclear'],
    [named('TimeoutError'), 'unclear'],
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'unclear'],
    ['something thrown', 'unclear'],
  ])('%s is %s', (error, kind) => {
    expect(classify(error)).toBe(kind);
  });
});

describe('persevere', () => {
  it('tries again with growing waits until it works, and says what is doubtful', async () => {
    const { surroundings, sleeps } = standing(0);
    const errors = [
      named('ThrottlingException', 400),
      cancelled('TransactionConflict'),
      named('InternalServerError', 500),
    ];
    const attempts: Attempt[] = [];
    const result = await persevere(
      'it',
      async (attempt) => {
        attempts.push(attempt);
        const error = errors.shift();
        if (error !== undefined) throw error;
        return 'done';
      },
      PATIENCE,
      surroundings,
    );
    expect(result).toBe('done');
    expect(attempts.map(({ doubtful }) => doubtful)).toEqual([false, false, false, true]);
    expect(sleeps).toEqual([50, 100, 200]);
  });

  it('spreads waits by the dice, up to the longest', async () => {
    const { surroundings, sleeps } = standing(0.999);
    const failing = persevere(
      'it',
      () => Promise.reject(named('TimeoutError')),
      { ...PATIENCE, within: 2_000 },
      surroundings,
    );
    await expect(failing).rejects.toMatchObject({ code: 'database_down', details: { kind: 'unclear' } });
    expect(Math.round(sleeps[0] ?? 0)).toBe(100);
    expect(Math.max(...sleeps)).toBeLessThanOrEqual(400);
    expect(sleeps.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2_000);
  });

  it.each([
    ['conflict', cancelled('TransactionConflict'), 'conflict'],
    ['throttle', named('ThrottlingException', 400), 'database_down'],
  ])('gives up within its time on %s', async (_, error, code) => {
    const { surroundings } = standing();
    const failing = persevere('it', () => Promise.reject(error), PATIENCE, surroundings);
    await expect(failing).rejects.toMatchObject({ code });
    expect(surroundings.monotonic()).toBeLessThanOrEqual(PATIENCE.within);
  });

  it('does not repeat what is wrong, nor a failed condition', async () => {
    const { surroundings, sleeps } = standing();
    const wrong = persevere(
      'it',
      () => Promise.reject(named('ValidationException', 400)),
      PATIENCE,
      surroundings,
    );
    await expect(wrong).rejects.toMatchObject({ code: 'database_refused' });
    const condition = named('ConditionalCheckFailedException', 400);
    await expect(persevere('it', () => Promise.reject(condition), PATIENCE, surroundings)).rejects.toBe(
      condition,
    );
    const own = new EdgeError('bad_value', 'no');
    await expect(persevere('it', () => Promise.reject(own), PATIENCE, surroundings)).rejects.toBe(own);
    expect(sleeps).toEqual([]);
  });
});
