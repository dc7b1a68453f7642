import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseManifest, parseResult } from '../../../shared/contract/parse/index.ts';
import { type Family, type Line, lambdaEntry } from '../../../shared/kit/index.ts';
import { family as echo } from '../../../test/support/echo-family.ts';
import { type InvokeApi, startInvokeApi } from '../../../test/support/invoke-api.ts';
import { anEvent, aTurn, chatMessage } from '../../../test/support/turns.ts';
import { createLambdaInvoker, type LambdaInvoker } from './lambda.ts';
import { createLocalInvoker } from './local.ts';
import { targetOf } from './target.ts';

const entry = new URL('../../../test/support/echo-lambda.ts', import.meta.url).pathname;
const target = targetOf('echo', 'edge-test-');
const name = 'edge-test-echo';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const families = new Map<string, Family>([['echo', echo]]);
const patient = (): AbortSignal => AbortSignal.timeout(20_000);

let api: InvokeApi;
let lambda: LambdaInvoker;
const lines: Line[] = [];
const local = createLocalInvoker({ families, environment: {}, lines: (line) => lines.push(line) });

beforeAll(async () => {
  api = await startInvokeApi({ functions: { [name]: entry } });
  lambda = createLambdaInvoker({ region: 'us-east-1', endpoint: api.url, credentials });
});
afterAll(async () => {
  lambda.close();
  await api.close();
});
beforeEach(() => api.faults.clear());

const event = anEvent(
  'echo',
  aTurn([chatMessage(1, 'one'), chatMessage(2, 'two')]),
  aTurn([chatMessage(1, 'three')], {
    turnId: 'i1-2:1',
    state: { ...aTurn([]).state, sections: { echo: { count: 41 } } },
  }),
  aTurn([{ seq: 3, name: 'CLI_LOGOUT_REQ', kind: 'packet', type: 0x707, payload: {} }], { turnId: 'i1-3:9' }),
);

describe('both invokers', () => {
  it('give the same bytes for the same event', async () => {
    const here = await local.invoke(target, event, patient());
    const there = await lambda.invoke(target, event, patient());
    expect(JSON.stringify(there)).toBe(JSON.stringify(here));
    expect(here).toEqual({
      v: 1,
      turns: [
        {
          turnId: 'i1-1:1',
          state: { sections: { echo: { count: 2 } } },
          replies: [
            { name: 'SRV_WHISPER_CHAT', payload: { sender: 'i1-1', message: 'one' } },
            { name: 'SRV_WHISPER_CHAT', payload: { sender: 'i1-1', message: 'two' } },
          ],
        },
        {
          turnId: 'i1-2:1',
          state: { sections: { echo: { count: 42 } } },
          replies: [{ name: 'SRV_WHISPER_CHAT', payload: { sender: 'i1-1', message: 'three' } }],
        },
        { turnId: 'i1-3:9', refusals: [{ message: 0, reason: 'unhandled' }] },
      ],
    });
  });

  it('describe the family alike', async () => {
    const here = await local.describe(target, patient());
    expect(await lambda.describe(target, patient())).toEqual(JSON.parse(JSON.stringify(here)));
    expect(parseManifest(here)).toEqual(here);
  });

  it('give up when they are told to', async () => {
    api.faults.add(name, 'hang');
    const soon = AbortSignal.timeout(50);
    await expect(lambda.invoke(target, event, soon)).rejects.toMatchObject({ code: 'invoke_timeout' });
    await expect(local.invoke(target, event, AbortSignal.abort())).rejects.toMatchObject({
      code: 'invoke_timeout',
    });
  });
});

describe('the Lambda invoker', () => {
  it('invokes the live alias, once, and keeps the environment warm', async () => {
    const before = api.calls.length;
    await lambda.invoke(target, event, patient());
    await lambda.invoke(target, event, patient());
    expect(api.calls.slice(before).map((call) => [call.functionName, call.qualifier])).toEqual([
      [name, 'live'],
      [name, 'live'],
    ]);
    expect(JSON.parse(api.calls[before]?.payload ?? '')).toEqual(event);
    expect(api.coldStarts(name)).toBe(1);
  });

  it('keeps its connections open', async () => {
    await Promise.all([1, 2, 3].map(() => lambda.invoke(target, event, patient())));
    const before = api.connections;
    for (let i = 0; i < 5; i += 1) await lambda.invoke(target, event, patient());
    expect(api.connections).toBe(before);
  });

  it.each([
    ['throttle', { code: 'invoke_throttled' }],
    ['unavailable', { code: 'invoke_failed', details: { status: 500, ended: false } }],
    ['refuse', { code: 'invoke_failed', details: { status: 403, ended: true } }],
    ['crash', { code: 'invoke_failed', details: { ended: true, cause: 'Error' } }],
    ['drop', { code: 'invoke_failed', details: { ended: false } }],
    ['garbage', { code: 'bad_result' }],
    ['deepen', { code: 'bad_result' }],
  ] as const)('maps %s, and asks only once', async (fault, expected) => {
    const before = api.calls.length;
    api.faults.add(name, fault);
    await expect(lambda.invoke(target, event, patient())).rejects.toMatchObject(expected);
    expect(api.calls.length).toBe(before + 1);
  });

  it('hands over results with faulty turns for validation', async () => {
    api.faults.add(name, 'lose_turn');
    api.faults.add(name, 'double_turn');
    api.faults.add(name, 'spoil_turn');
    const ids = async () =>
      parseResult(await lambda.invoke(target, event, patient()), event).map(({ turnId }) => turnId);
    expect(await ids()).toEqual(['i1-2:1', 'i1-3:9']);
    expect(await ids()).toEqual(['i1-1:1', 'i1-1:1', 'i1-2:1', 'i1-3:9']);
    const [first, ...others] = parseResult(await lambda.invoke(target, event, patient()), event);
    expect(first).toMatchObject({
      turnId: 'i1-1:1',
      error: { code: 'bad_result', details: { field: 'turns[0].replies' } },
    });
    expect(others.map((turn) => 'result' in turn)).toEqual([true, true]);
  });

  it('says that nothing ran when nobody listens', async () => {
    const nobody = createLambdaInvoker({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', credentials });
    await expect(nobody.invoke(target, event, patient())).rejects.toMatchObject({
      code: 'invoke_failed',
      details: { ended: true },
    });
    nobody.close();
  });

  it('reports an event of another family as a function error', async () => {
    const failure = lambda.invoke(target, { ...event, family: 'other' }, patient());
    await expect(failure).rejects.toMatchObject({ code: 'invoke_failed', details: { cause: 'EdgeError' } });
  });
});

describe('the local invoker', () => {
  it('refuses a family that is not loaded', async () => {
    const failure = local.invoke(targetOf('nobody', ''), event, patient());
    await expect(failure).rejects.toMatchObject({ code: 'invoke_failed', details: { ended: true } });
  });

  it('takes a reloaded family at the next call', async () => {
    const loaded = new Map(families);
    const invoker = createLocalInvoker({ families: loaded, environment: {}, lines: () => {} });
    await invoker.invoke(target, event, patient());
    let starts = 0;
    loaded.set('echo', {
      ...echo,
      start: (environment, host) => {
        starts += 1;
        return echo.start(environment, host);
      },
    });
    await invoker.invoke(target, event, patient());
    await invoker.invoke(target, event, patient());
    expect(starts).toBe(1);
  });

  it('reports services that cannot be built', async () => {
    const broken: Family = {
      ...echo,
      start: () => {
        throw new Error('no database');
      },
    };
    const invoker = createLocalInvoker({
      families: new Map([['echo', broken]]),
      environment: {},
      lines: () => {},
    });
    const failure = invoker.invoke(target, event, patient());
    await expect(failure).rejects.toMatchObject({ code: 'invoke_failed', cause: { message: 'no database' } });
  });
});

describe('a Lambda entry', () => {
  it('prints metrics by function', async () => {
    const printed: string[] = [];
    const handler = lambdaEntry(echo, {
      environment: { AWS_LAMBDA_FUNCTION_NAME: 'packet-edge-dev-echo' },
      print: (line) => printed.push(line),
    });
    await handler(event, { awsRequestId: 'r1', functionVersion: '3' });
    expect(printed).toHaveLength(1);
    const line: unknown = JSON.parse(printed[0] ?? '');
    expect(line).toMatchObject({
      function: 'packet-edge-dev-echo',
      family: 'echo',
      version: '3',
      Turns: [3],
      Failures: 0,
    });
  });
});
