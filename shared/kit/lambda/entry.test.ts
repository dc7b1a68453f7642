import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { anEvent, aTurn } from '../../../test/support/turns.ts';
import type { Message, TurnsResult } from '../../contract/index.ts';
import { defineFamily } from '../index.ts';
import { type LambdaHost, lambdaEntry } from './entry.ts';

interface Own {
  readonly mine: { readonly owner: string };
}
let started = 0;

const family = defineFamily<Own, { readonly delay: number }>({
  name: 'test',
  packets: {},
  signals: {
    claim: async (context) => {
      context.log.info('claiming', { by: context.connection.id });
      await sleep(context.services.delay * context.dice.float());
      return { state: { sections: { mine: { owner: context.connection.id } } } };
    },
    fail: () => {
      throw new Error('broken');
    },
  },
  state: { owns: { mine: { class: 'volatile', version: 1 } }, reads: [] },
  settings: ['DELAY'],
  services: (environment) => {
    started += 1;
    return { delay: Number(environment.DELAY) };
  },
});

const signal = (name: string): Message => ({
  seq: 1,
  name,
  kind: 'signal',
  payload: {},
  to: 'connection/x',
  from: { connection: 'x', characterId: null, hops: 1 },
});
const turnOf = (connection: string, name: string, seed = 1) =>
  aTurn([signal(name)], {
    turnId: `${connection}:1`,
    seed,
    connection: { ...aTurn([]).connection, id: connection },
  });

function host(): LambdaHost & { readonly printed: Record<string, unknown>[] } {
  const printed: Record<string, unknown>[] = [];
  return { environment: { DELAY: '5' }, print: (line) => printed.push(JSON.parse(line)), printed };
}

describe('a Lambda entry', () => {
  it('keeps concurrent requests in one environment apart', async () => {
    started = 0;
    const around = host();
    const handler = lambdaEntry(family, around);
    const requests = Array.from({ length: 50 }, async (_, i) => {
      const turns = Array.from({ length: 4 }, (_x, j) => turnOf(`c${i}-${j}`, 'claim', i * 7 + j));
      const result = (await handler(anEvent('test', ...turns), { awsRequestId: `r${i}` })) as TurnsResult;
      expect(result.turns.map(({ turnId, state }) => [turnId, state?.sections?.mine])).toEqual(
        turns.map(({ turnId, connection }) => [turnId, { owner: connection.id }]),
      );
    });
    await Promise.all(requests);
    expect(started).toBe(1);
    // Every line names the request that it belongs to.
    const claims = around.printed.filter(({ message }) => message === 'claiming');
    expect(claims).toHaveLength(200);
    for (const { by, request } of claims) expect(String(by).split('-')[0]?.replace('c', 'r')).toBe(request);
  });

  it('writes the trace header of its request into every line', async () => {
    const around = host();
    const environment = { ...around.environment, _X_AMZN_TRACE_ID: 'Root=1-abc' };
    const handler = lambdaEntry(family, { ...around, environment });
    await handler(anEvent('test', turnOf('a', 'claim')), { awsRequestId: 'r1' });
    await handler(anEvent('test', turnOf('b', 'claim')), { awsRequestId: 'r2', xRayTraceId: 'Root=1-def' });
    const claims = around.printed.filter(({ message }) => message === 'claiming');
    expect(claims.map(({ request, trace }) => [request, trace])).toEqual([
      ['r1', 'Root=1-abc'],
      ['r2', 'Root=1-def'],
    ]);
  });

  it('counts failed messages, and logs each with its stack', async () => {
    const around = host();
    await lambdaEntry(family, around)(anEvent('test', turnOf('a', 'fail'), turnOf('b', 'claim')), {
      awsRequestId: 'r1',
    });
    const [failure, ...others] = around.printed.filter(({ level }) => level === 'error');
    expect(failure).toMatchObject({
      request: 'r1',
      // Without a time Lambda would call it a line of level INFO.
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      connection: 'a',
      error: { message: 'broken', stack: expect.any(String) },
    });
    expect(others).toEqual([]);
    expect(around.printed.at(-1)).toMatchObject({
      Turns: [2],
      Failures: 1,
      Duration: [expect.any(Number)],
      function: 'test',
      family: 'test',
    });
  });

  it('prints metrics that CloudWatch takes', async () => {
    const around = host();
    await lambdaEntry(family, around)(anEvent('test'), { awsRequestId: 'r1' });
    const metrics = around.printed[0]?._aws as {
      CloudWatchMetrics: [{ Metrics: { Name: string }[]; Dimensions: string[][] }];
      Timestamp: number;
    };
    expect(metrics.Timestamp).toBeGreaterThan(1.7e12);
    for (const { Name } of metrics.CloudWatchMetrics[0].Metrics)
      expect([around.printed[0]?.[Name]].flat()).toEqual([expect.any(Number)]);
    for (const name of metrics.CloudWatchMetrics[0].Dimensions.flat())
      expect(around.printed[0]).toHaveProperty(name);
  });

  it('describes itself without building services', async () => {
    started = 0;
    const handler = lambdaEntry(family, host());
    expect(await handler({ describe: true }, { awsRequestId: 'r1' })).toEqual(family.manifest);
    expect(started).toBe(0);
  });

  it.each([
    ['nothing', null],
    ['another version', { ...anEvent('test'), v: 2 }],
    ['another family', anEvent('other')],
    ['no turns', { v: 1, family: 'test', turns: 'none' }],
    ['a turn without messages', { v: 1, family: 'test', turns: [{ turnId: 'a' }] }],
  ])('refuses %s', async (_what, event) => {
    await expect(lambdaEntry(family, host())(event, { awsRequestId: 'r1' })).rejects.toMatchObject({
      code: 'bad_event',
    });
  });

  it('builds its services anew at the next request when it could not', async () => {
    let tries = 0;
    const flaky = {
      ...family,
      start: (environment: LambdaHost['environment']) => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
        return family.start(environment);
      },
    };
    const handler = lambdaEntry(flaky, host());
    await expect(handler(anEvent('test'), { awsRequestId: 'r1' })).rejects.toThrow('not yet');
    await expect(handler(anEvent('test'), { awsRequestId: 'r2' })).resolves.toEqual({ v: 1, turns: [] });
  });
});
