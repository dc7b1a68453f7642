import { describe, expect, it } from 'vitest';
import type { TurnEvent, TurnsResult } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';
import type { Invoker } from './invoker/index.ts';

type Fault = (event: TurnEvent, run: () => Promise<unknown>, signal: AbortSignal) => Promise<unknown>;

/** An invoker with a fault for each call: the first of `faults` for the first call, and so on; then none. */
function faulty(faults: Fault[], seen: TurnEvent[] = []): (invoker: Invoker) => Invoker {
  return (invoker) => ({
    describe: (target, signal) => invoker.describe(target, signal),
    invoke(target, event, signal) {
      seen.push(event);
      const run = () => invoker.invoke(target, event, signal);
      return faults.shift()?.(event, run, signal) ?? run();
    },
  });
}

const throttled: Fault = async () => {
  throw new EdgeError('invoke_throttled', 'too many');
};
const unclear: Fault = async () => {
  throw new EdgeError('invoke_failed', 'connection reset');
};
const crashed: Fault = async () => {
  throw new EdgeError('invoke_failed', 'out of memory', { ended: true });
};
const hangs: Fault = () => new Promise(() => {});
const garbage: Fault = async () => 'not a result';
const changed =
  (change: (result: TurnsResult) => unknown): Fault =>
  async (_event, run) =>
    change((await run()) as TurnsResult);

/** An event as it travels, without the number of the attempt. */
const bytes = (event: TurnEvent | undefined): string =>
  JSON.stringify(event).replace(/"attempt":\d+/g, '"attempt":_');
const attempts = (seen: readonly TurnEvent[]): number[] => seen.map(({ turns }) => turns[0]?.attempt ?? 0);

describe('failed invocations', () => {
  it('tries a throttled one again soon, the very same', async () => {
    const a = scriptFamily('a');
    const seen: TurnEvent[] = [];
    const rig = rigOf([a], {}, faulty([throttled, throttled], seen));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.pass(100, 10);
    expect(client.told('echo')).toEqual([1]);
    expect(a.heard).toHaveLength(1);
    expect(seen).toHaveLength(3);
    expect(JSON.stringify(seen[0])).toBe(JSON.stringify(seen[2]));
    expect(rig.meter.total('invocations_total', { outcome: 'throttled' })).toBe(2);
  });

  it('gives up what is throttled for too long', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], { throttleTotal: 1000 }, faulty(Array.from({ length: 1000 }, () => throttled)));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.pass(4000, 50);
    expect(client.told('echo')).toEqual(['a refused']);
    expect(rig.meter.total('drops_total', { what: 'turn', reason: 'invoke_throttled' })).toBe(1);
  });

  it('waits for the deadline when it is unclear whether it runs, then repeats the same bytes', async () => {
    const a = scriptFamily('a', { timeout: 1000 });
    const seen: TurnEvent[] = [];
    const rig = rigOf([a], {}, faulty([unclear], seen));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    client.send('A_DO', { tag: 2 });
    await rig.pass(1249);
    expect(seen).toHaveLength(1);
    client.send('A_DO', { tag: 3 });
    await rig.pass(1);
    expect(client.told('echo')).toEqual([1, 2, 3]);
    expect(attempts(seen)).toEqual([1, 2, 1]);
    expect(bytes(seen[1])).toBe(bytes(seen[0]));
  });

  it('does not wait when the function has ended for certain', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], {}, faulty([crashed]));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.pass(25);
    expect(client.told('echo')).toEqual([1]);
  });

  it('gives an invocation up after the deadline has passed, and takes no late answer', async () => {
    const a = scriptFamily('a', { timeout: 1000 });
    let late: (value: unknown) => void = () => {};
    let aborted: AbortSignal | null = null;
    const slow: Fault = (event, _run, signal) => {
      aborted = signal;
      return new Promise((resolve) => {
        const [turn] = event.turns;
        late = () =>
          resolve({
            v: 1,
            turns: [{ turnId: turn?.turnId, replies: [{ name: 'SRV_ECHO', payload: { echo: 'late' } }] }],
          });
      });
    };
    const rig = rigOf([a], {}, faulty([slow]));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.pass(1499);
    expect(aborted).toMatchObject({ aborted: false });
    await rig.pass(1);
    expect(aborted).toMatchObject({ aborted: true });
    expect(client.told('echo')).toEqual([1]);
    late(null);
    await rig.settle();
    expect(client.told('echo')).toEqual([1]);
    expect(rig.meter.total('invocations_total', { outcome: 'timeout' })).toBe(1);
  });

  it('drops a turn that fails alone twice, answers it and goes on', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], {}, faulty([hangs, unclear]));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    client.send('A_DO', { tag: 2 });
    client.send('A_SLOW', { tag: 3 });
    await rig.pass(10_000, 250);
    expect(client.told('echo')).toEqual(['a refused', 'a refused', 3]);
    expect(rig.meter.total('drops_total', { what: 'turn', reason: 'turn_failed' })).toBe(1);
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'turn_failed' })).toBe(2);
  });

  it('halves a batch that fails as a whole until the one to blame is alone', async () => {
    const a = scriptFamily('a', { timeout: 1000 });
    const poison: Fault = (event, run) =>
      event.turns.some(
        ({ messages }) => 'payload' in (messages[0] ?? {}) && JSON.stringify(messages).includes('poison'),
      )
        ? Promise.reject(new EdgeError('invoke_failed', 'crashed', { ended: true }))
        : run();
    const rig = rigOf([a], {}, faulty(Array.from({ length: 100 }, () => poison)));
    const clients = Array.from({ length: 16 }, () => rig.connect());
    for (const [index, client] of clients.entries())
      client.send('A_DO', { tag: index === 5 ? 'poison' : index });
    await rig.pass(1000, 25);
    const told = clients.map((client) => client.told('echo'));
    expect(told).toEqual(clients.map((_, index) => [index === 5 ? 'a refused' : index]));
    // 16, 8 + 8, 4 + 4, 2 + 2, 1 + 1 and the bad one once more.
    expect(rig.meter.total('batch_size', { family: 'a' })).toBe(10);
  });

  it('repeats only the turns that an answer lacks, has twice or has wrong', async () => {
    const a = scriptFamily('a');
    const seen: TurnEvent[] = [];
    const spoil = changed((result) => ({
      ...result,
      turns: [
        ...result.turns.slice(3),
        ...result.turns.slice(1, 2),
        ...result.turns.slice(1, 2),
        { ...result.turns[2], failedAt: 99 },
        { turnId: 'nobody:1' },
        { turnId: 5 },
      ],
    }));
    const rig = rigOf([a], {}, faulty([spoil], seen));
    const clients = Array.from({ length: 8 }, () => rig.connect());
    for (const client of clients) client.send('A_DO', { tag: 1 });
    await rig.pass(100, 25);
    for (const client of clients) expect(client.told('echo')).toEqual([1]);
    const again = seen.slice(1).flatMap(({ turns }) => turns.map(({ turnId }) => turnId));
    expect(again.sort()).toEqual(clients.slice(0, 3).map(({ connection }) => `${connection.id}:1`));
    expect(rig.meter.total('drops_total', { what: 'answer', reason: 'turn_missing' })).toBe(4);
  });

  it('treats garbage as a failure of the whole', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], {}, faulty([garbage, garbage]));
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.pass(100, 25);
    expect(client.told('echo')).toEqual(['a refused']);
    expect(rig.meter.total('invocations_total', { outcome: 'bad_result' })).toBe(2);
  });

  it('takes a turn apart that is answered wrongly: only the message to blame is lost, and order stays', async () => {
    const a = scriptFamily('a');
    const spoil: Fault = async (event, run) => {
      const result = (await run()) as TurnsResult;
      const poisoned = event.turns.some((turn) => JSON.stringify(turn.messages).includes('poison'));
      return poisoned
        ? { ...result, turns: result.turns.map((turn) => ({ ...turn, replies: 'none' })) }
        : result;
    };
    const seen: TurnEvent[] = [];
    const rig = rigOf(
      [a],
      {},
      faulty(
        Array.from({ length: 100 }, () => spoil),
        seen,
      ),
    );
    const client = rig.connect();
    client.send('A_DO', { tag: 'first' });
    await rig.settle();
    for (const tag of [1, 2, 'poison', 4, 5]) client.send('A_DO', { tag });
    await rig.pass(50, 25);
    client.send('A_DO', { tag: 6 });
    await rig.pass(500, 25);
    expect(client.told('echo')).toEqual(['first', 1, 2, 'a refused', 4, 5, 6]);
    expect(rig.meter.total('drops_total', { what: 'turn', reason: 'turn_failed' })).toBe(1);
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'turn_failed' })).toBe(1);
    const sizes = seen.slice(1).map(({ turns }) => turns[0]?.messages.length);
    // Together twice, then one by one, the bad one twice.
    expect(sizes.slice(0, 8)).toEqual([5, 5, 1, 1, 1, 1, 1, 1]);
  });

  it('runs other families while one hangs', async () => {
    const a = scriptFamily('a', { batching: { maxInFlight: 1 } });
    const b = scriptFamily('b');
    const rig = rigOf([a, b], {}, faulty([hangs]));
    const [one, two] = [rig.connect(), rig.connect()];
    one.send('A_DO', { tag: 1 });
    await rig.settle();
    two.send('B_DO', { tag: 2 });
    one.send('B_DO', { tag: 3 });
    await rig.settle();
    expect(two.told('echo')).toEqual([2]);
    expect(one.told('echo')).toEqual([]);
    await rig.pass(1500);
    expect(one.told('echo')).toEqual([1, 3]);
  });
});

describe('messages that a turn did not handle', () => {
  it('are dispatched again after a failed one, first of all', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    client.send('A_DO', { tag: 2, throw: true });
    client.send('A_DO', { tag: 3 });
    client.send('A_DO', { tag: 4 });
    await rig.settle();
    expect(client.told('echo')).toEqual([1, 'a refused', 3, 4]);
    expect(a.tags()).toEqual([1, 2, 3, 4]);
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'handler_failed' })).toBe(1);
  });

  it('keep their number', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', { tag: 1, throw: true });
    client.send('A_DO', { tag: 2 });
    await rig.settle();
    expect(a.heard.map(({ message, turnId }) => [message.seq, turnId.split(':')[1]])).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
  });
});
