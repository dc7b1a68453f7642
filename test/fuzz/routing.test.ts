import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Invoker } from '../../ingress/routing/invoker/index.ts';
import type { Packet, TurnEvent, TurnsResult } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { type RigClient, type RoutingRig, rigOf } from '../support/routing-rig.ts';
import { type ScriptFamily, scriptFamily } from '../support/script-family.ts';

const FAULTS = [
  'none',
  'throttle',
  'lost before',
  'lost after',
  'crash',
  'garbage',
  'hang',
  'missing',
  'doubled',
  'wrong',
] as const;
type Fault = (typeof FAULTS)[number];

type Step =
  | {
      readonly do: 'send';
      readonly who: number;
      readonly family: number;
      readonly act: 'echo' | 'throw' | 'signal' | 'self' | 'timer' | 'state';
    }
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'settle' }
  | { readonly do: 'unkept' }
  | { readonly do: 'unhealthy'; readonly on: boolean }
  | { readonly do: 'end'; readonly who: number; readonly kick: boolean };

const CLIENTS = 6;
const FAMILIES = ['a', 'b', 'c'] as const;
const who = fc.nat({ max: CLIENTS - 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who,
      family: fc.nat({ max: FAMILIES.length - 1 }),
      act: fc.constantFrom('echo', 'echo', 'echo', 'throw', 'signal', 'self', 'timer', 'state'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom(...FAULTS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 30, 300, 1500) }),
  },
  { weight: 4, arbitrary: fc.constant({ do: 'settle' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'unkept' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unhealthy' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const), who, kick: fc.boolean() }) },
);

/** Watches every invocation for what must never happen, and does the faults. */
class Watch {
  readonly faults: Fault[] = [];
  readonly broken: string[] = [];
  readonly #bytes = new Map<string, { text: string; attempt: number }>();
  readonly #running = new Map<string, number>();
  readonly #turns = new Map<string, string>();
  readonly #limits: ReadonlyMap<string, { maxBatch: number; maxInFlight: number }>;

  constructor(limits: ReadonlyMap<string, { maxBatch: number; maxInFlight: number }>) {
    this.#limits = limits;
  }

  wrap(invoker: Invoker): Invoker {
    return {
      describe: (target, signal) => invoker.describe(target, signal),
      invoke: async (target, event, signal) => {
        this.#begin(event);
        try {
          return await this.#act(
            this.faults.shift() ?? 'none',
            () => invoker.invoke(target, event, signal) as Promise<TurnsResult>,
            signal,
          );
        } finally {
          this.#end(event);
        }
      },
    };
  }

  #begin(event: TurnEvent): void {
    const limits = this.#limits.get(event.family);
    const running = (this.#running.get(event.family) ?? 0) + 1;
    this.#running.set(event.family, running);
    if (limits === undefined || running > limits.maxInFlight)
      this.broken.push(`${running} invocations of ${event.family}`);
    if (limits === undefined || event.turns.length > limits.maxBatch)
      this.broken.push(`${event.turns.length} turns in a batch`);
    for (const turn of event.turns) {
      const { turnId, attempt, connection } = turn;
      const other = this.#turns.get(connection.id);
      if (other !== undefined) this.broken.push(`${turnId} began while ${other} was in flight`);
      this.#turns.set(connection.id, turnId);
      const text = JSON.stringify({ ...turn, attempt: 0 });
      const before = this.#bytes.get(turnId);
      if (before !== undefined && before.text !== text)
        this.broken.push(`${turnId} is another at attempt ${attempt}`);
      if (before !== undefined && attempt < before.attempt)
        this.broken.push(`${turnId} goes back to attempt ${attempt}`);
      if (before === undefined && attempt !== 1) this.broken.push(`${turnId} begins with attempt ${attempt}`);
      this.#bytes.set(turnId, { text, attempt });
    }
  }

  #end(event: TurnEvent): void {
    this.#running.set(event.family, (this.#running.get(event.family) ?? 0) - 1);
    for (const { connection } of event.turns) this.#turns.delete(connection.id);
  }

  async #act(fault: Fault, run: () => Promise<TurnsResult>, signal: AbortSignal): Promise<unknown> {
    if (fault === 'throttle') throw new EdgeError('invoke_throttled', 'too many');
    if (fault === 'lost before') throw new EdgeError('invoke_failed', 'not sent');
    if (fault === 'crash') throw new EdgeError('invoke_failed', 'crashed', { ended: true });
    if (fault === 'garbage') return [];
    if (fault === 'hang') {
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new EdgeError('invoke_timeout', 'aborted'))),
      );
    }
    const result = await run();
    if (fault === 'lost after') throw new EdgeError('invoke_failed', 'answer lost');
    const [first, ...rest] = result.turns;
    if (first === undefined) return result;
    if (fault === 'missing') return { ...result, turns: rest };
    if (fault === 'doubled') return { ...result, turns: [first, ...result.turns] };
    if (fault === 'wrong') return { ...result, turns: [{ ...first, failedAt: -1 }, ...rest] };
    return result;
  }
}

const echo = (tag: number): Packet => ({ name: 'SRV_ECHO', payload: { echo: tag } });

function payloadOf(
  act: Extract<Step, { do: 'send' }>['act'],
  family: string,
  tag: number,
  rig: RoutingRig,
  other: RigClient,
): object {
  const replies = [echo(tag)];
  const payload = { tag: -1 };
  if (act === 'throw') return { tag, throw: true };
  if (act === 'signal') {
    return {
      tag,
      result: {
        replies,
        signals: [{ to: `connection/${other.connection.id}`, name: `${family}.do`, payload }],
      },
    };
  }
  if (act === 'self')
    return { tag, result: { replies, signals: [{ to: 'self', name: `${family}.do`, payload }] } };
  if (act === 'timer')
    return {
      tag,
      result: { replies, timers: [{ name: `${family}-1`, at: rig.clock.now() + 200, payload }] },
    };
  if (act === 'state')
    return { tag, result: { replies, state: { sections: { [`${family}-counter`]: { value: tag } } } } };
  return { tag };
}

async function play(steps: readonly Step[], maxBatch: number, maxInFlight: number): Promise<void> {
  const families: ScriptFamily[] = FAMILIES.map((name) =>
    scriptFamily(name, { batching: { maxBatch, maxInFlight }, timeout: 500, durable: name === 'c' }),
  );
  const watch = new Watch(new Map(FAMILIES.map((name) => [name, { maxBatch, maxInFlight }])));
  const rig = rigOf(families, { turnMessages: 5, unhealthyTotal: 3000, throttleTotal: 2000 }, (invoker) =>
    watch.wrap(invoker),
  );
  const clients = Array.from({ length: CLIENTS }, () => rig.connect());
  const gone = new Set<RigClient>();
  const sent = new Map<RigClient, number[]>(clients.map((client) => [client, []]));
  let unkept = 0;
  rig.keeper.before = () => {
    if (unkept === 0) return;
    unkept -= 1;
    throw new EdgeError('persist_failed', 'as the test says');
  };
  let tag = 0;
  for (const each of steps) {
    if (each.do === 'settle') await rig.settle();
    else if (each.do === 'pass') await rig.pass(each.ms);
    else if (each.do === 'fault') watch.faults.push(each.fault);
    else if (each.do === 'unkept') unkept += 1;
    else if (each.do === 'unhealthy') rig.keeper.healthy = !each.on;
    else {
      const client = clients[each.who];
      const other = clients[(each.who + 1) % CLIENTS];
      if (client === undefined || other === undefined || gone.has(client) || client.closedWith !== null)
        continue;
      if (each.do === 'end') {
        gone.add(client);
        void (each.kick
          ? rig.router.kick(client.connection, 'kicked')
          : rig.router.close(client.connection, 'client_closed'));
      } else {
        const family = FAMILIES[each.family] ?? 'a';
        sent.get(client)?.push(tag);
        client.send(`${family.toUpperCase()}_DO`, payloadOf(each.act, family, tag, rig, other));
        tag += 1;
      }
    }
  }
  watch.faults.length = 0;
  unkept = 0;
  rig.keeper.healthy = true;
  await rig.pass(10_000, 500);
  for (const client of clients) void rig.router.close(client.connection, 'client_closed');
  await rig.pass(2000, 500);

  expect(watch.broken).toEqual([]);
  expect(rig.router.size).toEqual({ connections: 0, timers: 0 });
  let answered = 0;
  for (const client of clients) {
    const tags = client.told('echo').filter((value): value is number => typeof value === 'number');
    // In the order of sending, and none twice.
    expect(tags).toEqual([...new Set(tags)].sort((one, other) => one - other));
    expect(sent.get(client)).toEqual(expect.arrayContaining(tags));
    answered += client.replies.length;
  }
  // Every packet was answered, refused with an answer, or dropped and counted.
  expect(answered + rig.meter.total('drops_total', { what: 'packet' })).toBe(tag);
}

describe('routing under anything that can happen', () => {
  it('keeps order, limits and count', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 120, size: 'max' }),
        fc.constantFrom(1, 2, 8),
        fc.constantFrom(1, 3),
        async (steps, maxBatch, maxInFlight) => play(steps, maxBatch, maxInFlight),
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
