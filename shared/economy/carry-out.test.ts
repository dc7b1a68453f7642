import { beforeAll, describe, expect, test } from 'vitest';
import { characterService } from '../../test/support/services.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import type { CharacterService, PossessionsRequest } from '../services/index.ts';
import { carryOut, type Errand, inventoryPart } from './carry-out.ts';
import { withMoney } from './container.ts';

const NOW = Date.now();
const engine = useTestEngine();
let service: CharacterService;
let count = 0;
beforeAll(() => {
  service = characterService(engine.store);
});

const unique = (name: string): string => {
  count += 1;
  return `${name}${count}`;
};

/** A new character, with 1,000 zuly. */
async function person(): Promise<string> {
  const name = unique('Person');
  const looks = { race: 0, face: 0, hair: 0 };
  const made = await service.create({
    userId: name,
    right: 1,
    name,
    ...looks,
    now: NOW,
    step: unique('new'),
  });
  if (made.code !== 'ok') throw new Error(made.code);
  return made.id;
}

/** Takes so much out of the first one's purse. */
const burn = (characterIds: readonly string[], amount: bigint, told = amount): Errand<'too_poor'> => ({
  step: unique('burn'),
  now: NOW,
  attempt: 1,
  characterIds,
  plan: ({ inventories }) => {
    const id = characterIds[0] ?? '';
    const before = inventories[id];
    const after = before && withMoney(before, -amount);
    if (before === undefined || after === undefined) return { refused: 'too_poor' };
    const burned = [{ reason: 'test', money: told.toString() }];
    return { parts: [inventoryPart(id, before, after, null)], burned };
  },
});

const zulyOf = async (id: string) => {
  const read = await service.possessions({ characterIds: [id] });
  return read.code === 'ok' ? read.inventories[id]?.zuly : read.code;
};

describe('carrying out', () => {
  test('reads nothing when all is known, but looks for a receipt when the turn is tried again', async () => {
    const id = await person();
    const read = await service.possessions({ characterIds: [id] });
    if (read.code !== 'ok') throw new Error(read.code);
    const reads: PossessionsRequest[] = [];
    const economy = {
      settle: service.settle,
      possessions: (request: PossessionsRequest) => {
        reads.push(request);
        return service.possessions(request);
      },
    };
    const errand = { ...burn([id], 5n), known: { inventories: read.inventories } };
    expect(await carryOut(economy, errand)).toMatchObject({ code: 'ok', repeated: false });
    expect(reads).toEqual([]);
    expect(await carryOut(economy, { ...errand, attempt: 2 })).toMatchObject({ code: 'ok', repeated: true });
    expect(reads).toHaveLength(1);
  });

  test('gives the plan banks only when it asks for them', async () => {
    const id = await person();
    const seen: string[][] = [];
    for (const banks of [undefined, true]) {
      const errand = burn([id], 1n);
      const outcome = await carryOut(service, {
        ...errand,
        ...(banks === undefined ? {} : { banks }),
        plan: (possessions) => {
          seen.push(Object.keys(possessions.banks));
          return errand.plan(possessions);
        },
      });
      expect(outcome.code).toBe('ok');
    }
    expect(seen).toEqual([[], [id]]);
  });

  test('tells the inventories of all who take part, changed or not', async () => {
    const [ann, bob] = [await person(), await person()];
    expect(await carryOut(service, burn([ann, bob], 1n))).toMatchObject({
      inventories: { [ann]: { zuly: '999', version: 2 }, [bob]: { zuly: '1000', version: 1 } },
    });
  });

  test('ends although somebody else is faster every time', async () => {
    const id = await person();
    const economy = {
      possessions: service.possessions,
      settle: async (request: Parameters<typeof service.settle>[0]) => {
        expect(await carryOut(service, burn([id], 1n))).toMatchObject({ code: 'ok' });
        return service.settle(request);
      },
    };
    expect(await carryOut(economy, burn([id], 500n))).toMatchObject({ code: 'failed', reason: 'contended' });
    expect(Number(await zulyOf(id))).toBeGreaterThan(500);
  });

  test('makes no plan when the database is down', async () => {
    const id = await person();
    const economy = {
      settle: service.settle,
      possessions: async () => ({ code: 'down', problem: 'no answer' }) as const,
    };
    const plan = () => {
      throw new Error('there is nothing to plan with');
    };
    const outcome = await carryOut(economy, { ...burn([id], 5n), plan });
    expect(outcome).toEqual({ code: 'failed', reason: 'service_down', problem: 'no answer' });
  });

  test('does not try a plan again whose books do not balance', async () => {
    const id = await person();
    const wrong = burn([id], 5n, 4n);
    let plans = 0;
    const plan: typeof wrong.plan = (possessions) => {
      plans += 1;
      return wrong.plan(possessions);
    };
    expect(await carryOut(service, { ...wrong, plan })).toMatchObject({
      code: 'failed',
      reason: 'unbalanced',
    });
    expect(plans).toBe(1);
    expect(await zulyOf(id)).toBe('1000');
  });
});
