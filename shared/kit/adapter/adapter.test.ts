import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { anEvent, aTurn } from '../../../test/support/turns.ts';
import type { Message, TurnResult } from '../../contract/index.ts';
import { EdgeError } from '../../errors/edge-error.ts';
import {
  type Context,
  customPacket,
  type DefinedFamily,
  defineFamily,
  type HandlerResult,
  type Line,
} from '../index.ts';

interface Own {
  readonly log: { readonly seen: readonly string[] };
  readonly other: { readonly value: number };
}
type Act = (context: Context<Own, null>) => HandlerResult<Own> | Promise<HandlerResult<Own>>;

const refused = customPacket('REFUSED', { code: 1 });
const seen = (context: Context<Own, null>): HandlerResult<Own> => ({
  state: { sections: { log: { seen: [...(context.sections.log?.seen ?? []), context.message.name] } } },
});

/** A family with one custom packet for each act. */
function familyOf(acts: Readonly<Record<string, Act>>, timeout = 3000): DefinedFamily<Own, null> {
  const custom = Object.fromEntries(
    Object.entries(acts).map(([name, act]) => [
      name,
      { stages: ['world'], refused, handle: (context: Context<Own, null>) => act(context) },
    ]),
  );
  return defineFamily<Own, null>({
    name: 'test',
    packets: {},
    custom,
    timers: { tick: seen },
    signals: { hello: seen },
    state: { owns: { log: { class: 'volatile', version: 1 } }, reads: ['other'] },
    timeout,
    services: () => null,
  });
}

const messages = (...names: string[]): Message[] =>
  names.map((name, index) => ({ seq: index + 1, name, kind: 'packet', type: 1, payload: {} }));

async function run(
  family: DefinedFamily<Own, null>,
  list: readonly Message[],
  over = {},
  lines: Line[] = [],
): Promise<TurnResult> {
  const running = family.startWith(null, { lines: (line) => lines.push(line), freeze: true });
  const [turn] = (await running.handle(anEvent('test', aTurn(list, over)))).turns;
  if (turn === undefined) throw new Error('no turn');
  return turn;
}

describe('a turn', () => {
  it('shows each message what the earlier ones left, whether they answer at once or later', async () => {
    const late: Act = async (context) => {
      await sleep(2);
      return seen(context);
    };
    const tick: Message = { seq: 4, name: 'tick', kind: 'timer', at: 1, payload: {} };
    const result = await run(familyOf({ A: seen, B: late, C: seen }), [...messages('A', 'B', 'C'), tick]);
    expect(result).toEqual({
      turnId: 'i1-1:1',
      state: { sections: { log: { seen: ['A', 'B', 'C', 'tick'] } } },
    });
  });

  it('joins results in order; of what can only be one, the last counts', async () => {
    const place = (cell: string) => ({
      topic: `map/1/${cell}`,
      object: '1/5',
      appear: refused,
      vanish: refused,
      at: { x: 1, y: 2 },
    });
    const act =
      (n: number): Act =>
      () => ({
        replies: [customPacket(`R${n}`, {})],
        signals: [{ to: 'self', name: `s${n}`, payload: {} }],
        deliveries: [{ to: 'all', packets: [customPacket(`D${n}`, {})] }],
        timers: n === 1 ? [{ name: 'tick', at: 5 }] : [{ name: 'tick', cancel: true }],
        place: n === 1 ? place('1') : null,
        watch: [`map/1/${n}`],
        ...(n === 2 ? { refused: 'too_late' } : {}),
      });
    const result = await run(familyOf({ A: act(1), B: act(2) }), messages('A', 'B'));
    expect(result).toEqual({
      turnId: 'i1-1:1',
      replies: [customPacket('R1', {}), customPacket('R2', {})],
      signals: [expect.objectContaining({ name: 's1' }), expect.objectContaining({ name: 's2' })],
      deliveries: [expect.objectContaining({ to: 'all' }), expect.objectContaining({ to: 'all' })],
      timers: [
        { name: 'tick', at: 5 },
        { name: 'tick', cancel: true },
      ],
      place: null,
      watch: ['map/1/2'],
      refusals: [{ message: 1, reason: 'too_late' }],
    });
  });

  it('removes a section that is set to null, for later messages too', async () => {
    const drop: Act = () => ({ state: { sections: { log: null } } });
    const other = run(familyOf({ A: drop, B: seen }), messages('A', 'B'), {
      state: { ...aTurn([]).state, sections: { log: { seen: ['old'] } } },
    });
    expect((await other).state).toEqual({ sections: { log: { seen: ['B'] } } });
  });

  it.each([
    ['the stage', { state: { stage: 'lobby' } }],
    ['the user', { state: { userId: 'u2' } }],
    ['the character', { state: { characterId: null } }],
    ['a reread', { reread: ['log'] as const }],
    ['a close', { close: { reason: 'logout' } }],
  ])(
    'ends after a change of %s, so that what follows is judged by it',
    async (_what, change: HandlerResult<Own>) => {
      const result = await run(familyOf({ A: () => change, B: seen }), messages('A', 'B', 'B'));
      expect(result).toMatchObject({ ...change, handled: 1 });
      expect(await run(familyOf({ A: () => change }), messages('A'))).not.toHaveProperty('handled');
    },
  );

  it('goes on when the new value is the old one', async () => {
    const same: Act = () => ({
      state: { stage: 'world', userId: 'u1', characterId: 'c1', characters: [{ id: 'c1', name: 'Ann' }] },
    });
    expect(await run(familyOf({ A: same, B: seen }), messages('A', 'B'))).not.toHaveProperty('handled');
  });
});

describe('a message that fails', () => {
  const cause = new TypeError('the cause');
  const fails: Readonly<Record<string, Act>> = {
    throws: () => {
      throw new Error('secret-free', { cause });
    },
    rejects: () => Promise.reject(new Error('later')),
    rejects_late: async () => {
      await sleep(2);
      throw new Error('later');
    },
  };
  it.each(Object.keys(fails))(
    'that %s: what came before counts, it is refused, the rest comes again',
    async (name) => {
      const lines: Line[] = [];
      const family = familyOf({ ...fails, A: seen });
      expect(await run(family, messages('A', name, 'A'), {}, lines)).toEqual({
        turnId: 'i1-1:1',
        state: { sections: { log: { seen: ['A'] } } },
        replies: [refused],
        refusals: [{ message: 1, reason: 'handler_failed' }],
        failedAt: 1,
      });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({
        level: 'error',
        fields: {
          family: 'test',
          connection: 'i1-1',
          turn: 'i1-1:1',
          seq: 2,
          on: name,
          code: 'handler_failed',
        },
      });
    },
  );

  it('is logged with its stack and its causes, not with its payload', async () => {
    const lines: Line[] = [];
    const secret: Message = {
      seq: 1,
      name: 'throws',
      kind: 'packet',
      type: 1,
      payload: { password: 'hunter2' },
    };
    await run(familyOf(fails), [secret], {}, lines);
    const text = JSON.stringify(lines);
    expect(text).toContain('adapter.test.ts');
    expect(text).toContain('the cause');
    expect(text).not.toContain('hunter2');
  });

  it('counts under the code of its EdgeError', async () => {
    const down: Act = () => {
      throw new EdgeError('service_down', 'auth does not answer');
    };
    expect((await run(familyOf({ down }), messages('down'))).refusals).toEqual([
      { message: 0, reason: 'service_down' },
    ]);
  });

  it('fails for a section of another family, and for what is not JSON', async () => {
    const foreign: Act = () => ({
      state: { sections: { other: { value: 1 } } },
      replies: [customPacket('LOST', {})],
    });
    const nan: Act = () => ({ replies: [customPacket('R', { x: Number.NaN })] });
    const family = familyOf({ foreign, nan });
    expect(await run(family, messages('foreign'))).toMatchObject({
      replies: [refused],
      refusals: [{ reason: 'foreign_section' }],
      failedAt: 0,
    });
    expect(await run(family, messages('nan'))).toMatchObject({
      replies: [refused],
      refusals: [{ reason: 'bad_result' }],
      failedAt: 0,
    });
  });

  it('fails when it changes what it was given', async () => {
    const vandal: Act = (context) => {
      (context.sections.other as { value: number }).value = 2;
      return {};
    };
    const state = { ...aTurn([]).state, sections: { other: { value: 1 } } };
    expect(await run(familyOf({ vandal }), messages('vandal'), { state })).toMatchObject({ failedAt: 0 });
    expect(state.sections.other.value).toBe(1);
  });

  it('is refused and passed over when nobody handles it', async () => {
    const unknown: Message = {
      seq: 9,
      name: 'constructor',
      kind: 'signal',
      payload: {},
      to: 'connection/x',
      from: { connection: 'x', characterId: null, hops: 1 },
    };
    const result = await run(familyOf({ A: seen }), [
      ...messages('A', 'toString'),
      unknown,
      ...messages('A'),
    ]);
    expect(result.state).toEqual({ sections: { log: { seen: ['A', 'A'] } } });
    expect(result.refusals).toEqual([
      { message: 1, reason: 'unhandled' },
      { message: 2, reason: 'signal_unhandled' },
    ]);
  });
});

describe('the context', () => {
  it('has keys that outlive the turn, and dice that do not depend on what others roll', async () => {
    const rolled: (readonly [string, number, number])[] = [];
    const roll: Act = (context) => {
      rolled.push([context.step('pay'), context.dice.int(1000), context.dice.int(1000)]);
      return {};
    };
    const greedy: Act = (context) => {
      for (let i = 0; i < 10; i += 1) context.dice.float();
      return {};
    };
    const family = familyOf({ roll, greedy });
    await run(family, messages('greedy', 'roll'));
    await run(
      family,
      messages('roll').map((message) => ({ ...message, seq: 2 })),
      { turnId: 'i1-1:2' },
    );
    await run(family, messages('roll'));
    expect(rolled[1]).toEqual(rolled[0]);
    expect(rolled[0]).toEqual(['i1-1/2/pay', expect.any(Number), expect.any(Number)]);
    expect(rolled[2]?.slice(1)).not.toEqual(rolled[0]?.slice(1));
  });

  it('hands bytes without schema to custom handlers as raw', async () => {
    let got: unknown;
    const keep = (_context: unknown, payload: unknown) => {
      got = payload;
      return {};
    };
    const family = defineFamily<never, null>({
      name: 'test',
      packets: {},
      custom: {
        MYSTERY: { type: 0x7a1, stages: ['world'], handle: keep },
      },
      state: { owns: {}, reads: [] },
      services: () => null,
    });
    const message: Message = { seq: 1, name: 'MYSTERY', kind: 'packet', type: 0x7a1, raw: 'AAEC' };
    await family.startWith(null).handle(anEvent('test', aTurn([message])));
    expect(got).toEqual({ raw: 'AAEC' });
    expect(family.manifest.packets.MYSTERY?.type).toBe(0x7a1);
  });
});

describe('the budget', () => {
  const hang: Act = () => new Promise(() => {});

  it('ends a handler that hangs, tells it so, and spoils no other turn', async () => {
    let told: unknown;
    const stuck: Act = (context) => {
      context.signal.addEventListener('abort', () => {
        told = context.signal.reason;
      });
      return new Promise(() => {});
    };
    const short = { now: 1000, deadline: 1050 };
    const turns = [
      aTurn(messages('A', 'stuck', 'A'), { ...short, turnId: 'slow' }),
      ...Array.from({ length: 5 }, (_, i) => aTurn(messages('A'), { turnId: `t${i}` })),
    ];
    const result = await familyOf({ A: seen, stuck })
      .startWith(null)
      .handle(anEvent('test', ...turns));
    expect(result.turns.map(({ turnId }) => turnId)).toEqual(['slow', 't0', 't1', 't2', 't3', 't4']);
    expect(result.turns[0]).toMatchObject({
      state: { sections: { log: { seen: ['A'] } } },
      replies: [refused],
      refusals: [{ message: 1, reason: 'budget_exceeded' }],
      failedAt: 1,
    });
    expect(told).toMatchObject({ code: 'budget_exceeded' });
  });

  it('is counted from the arrival of the event, so that a retry has all of it', async () => {
    const late: Act = async (context) => {
      await sleep(5);
      return seen(context);
    };
    // By the turn's own clock the deadline has long passed.
    const result = await run(familyOf({ late }), messages('late'), { now: 1000, deadline: 3000, attempt: 2 });
    expect(result).toMatchObject({ state: { sections: { log: { seen: ['late'] } } } });
  });

  it('ends a turn early when its messages take long, and refuses none of them', async () => {
    let time = 0;
    const slow: Act = (context) => {
      time += 85;
      return seen(context);
    };
    const running = familyOf({ slow }, 100).startWith(null, { monotonic: () => time });
    const { turns } = await running.handle(anEvent('test', aTurn(messages('slow', 'slow', 'slow'))));
    expect(turns).toEqual([
      { turnId: 'i1-1:1', state: { sections: { log: { seen: ['slow'] } } }, handled: 1 },
    ]);
  });

  it('leaves out turns that could not begin in time; nothing of them ran', async () => {
    const ran: string[] = [];
    const mark: Act = (context) => {
      ran.push(context.turnId);
      return hang(context);
    };
    const turns = Array.from({ length: 40 }, (_, i) => aTurn(messages('mark'), { turnId: `t${i}` }));
    const result = await familyOf({ mark }, 100)
      .startWith(null)
      .handle(anEvent('test', ...turns));
    expect(ran).toHaveLength(32);
    expect(result.turns.map(({ turnId }) => turnId)).toEqual(ran);
  });
});

describe('the turns of an event', () => {
  it('run 32 at a time', async () => {
    let running = 0;
    let most = 0;
    const work: Act = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1);
      running -= 1;
      return {};
    };
    const turns = Array.from({ length: 100 }, (_, i) => aTurn(messages('work'), { turnId: `t${i}` }));
    const result = await familyOf({ work })
      .startWith(null)
      .handle(anEvent('test', ...turns));
    expect(most).toBe(32);
    expect(result.turns.map(({ turnId }) => turnId)).toEqual(turns.map(({ turnId }) => turnId));
  });
});
