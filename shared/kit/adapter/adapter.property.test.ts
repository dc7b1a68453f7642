import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anEvent, aTurn } from '../../../test/support/turns.ts';
import type { JsonObject, Message, Packet, TurnState } from '../../contract/index.ts';
import { parseResult } from '../../contract/parse/index.ts';
import { type Context, customPacket, defineFamily, type HandlerResult } from '../index.ts';

interface Own {
  readonly trail: { readonly steps: readonly number[] };
}
/** What a message asks its handler to do. */
type Deed =
  | 'step'
  | 'step later'
  | 'refuse'
  | 'throw'
  | 'reject'
  | 'foreign'
  | 'stage'
  | 'reread'
  | 'unknown';

const refused = customPacket('REFUSED', {});
const step = ({ sections, message, dice, connection }: Context<Own, null>): HandlerResult<Own> => ({
  state: { sections: { trail: { steps: [...(sections.trail?.steps ?? []), message.seq, dice.int(1000)] } } },
  replies: [customPacket('STEP', { seq: message.seq, stage: connection.stage })],
});
const deeds: Readonly<
  Record<
    Exclude<Deed, 'unknown'>,
    (context: Context<Own, null>) => HandlerResult<Own> | Promise<HandlerResult<Own>>
  >
> = {
  step,
  'step later': async (context) => step(context),
  refuse: (context) => ({ ...step(context), refused: 'no' }),
  throw: () => {
    throw new Error('thrown');
  },
  reject: () => Promise.reject(new Error('rejected')),
  foreign: (context) => ({ ...step(context), state: { sections: { alien: {} } as never } }),
  stage: (context) => ({
    ...step(context),
    state: { stage: `stage ${context.message.seq}`, ...step(context).state },
  }),
  reread: (context) => ({ ...step(context), reread: ['trail'] }),
};
const family = defineFamily<Own, null>({
  name: 'test',
  packets: {},
  custom: Object.fromEntries(
    Object.entries(deeds).map(([name, deed]) => [
      name,
      { stages: ['world'], refused, handle: (context: Context<Own, null>) => deed(context) },
    ]),
  ),
  state: { owns: { trail: { class: 'volatile', version: 1 } }, reads: [] },
  services: () => null,
});
const running = family.startWith(null, { freeze: true });

/** Plays messages as the ingress does: at most `size` a turn, following `failedAt` and `handled`. */
async function play(messages: readonly Message[], size: number) {
  const replies: Packet[] = [];
  const refusals: [number, string][] = [];
  let sections: Readonly<Record<string, JsonObject>> = {};
  let stage = 'world';
  let waiting = [...messages];
  for (let turns = 0; waiting.length > 0; turns += 1) {
    if (turns > messages.length) throw new Error('no progress');
    const run = waiting.slice(0, size);
    const state: TurnState = { ...aTurn([]).state, sections };
    const connection = { ...aTurn([]).connection, stage };
    const event = anEvent('test', aTurn(run, { turnId: `t${turns}`, state, connection }));
    const [parsed] = parseResult(await running.handle(event), event);
    if (parsed === undefined || 'error' in parsed) throw parsed?.error ?? new Error('no turn');
    const { result } = parsed;
    replies.push(...(result.replies ?? []));
    for (const { message, reason } of result.refusals ?? []) refusals.push([run[message]?.seq ?? -1, reason]);
    sections = { ...sections, ...(result.state?.sections as Record<string, JsonObject> | undefined) };
    stage = result.state?.stage ?? stage;
    waiting = waiting.slice(
      result.failedAt === undefined ? (result.handled ?? run.length) : result.failedAt + 1,
    );
  }
  return { replies, refusals, sections, stage };
}

it('it makes no difference how messages are cut into turns', async () => {
  const deed = fc.constantFrom<Deed>(...(Object.keys(deeds) as Deed[]), 'unknown');
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 2, max: 12 }),
      async (names, size) => {
        const messages = names.map(
          (name, i): Message => ({ seq: i + 1, name, kind: 'packet', type: 1, payload: {} }),
        );
        expect(await play(messages, size)).toEqual(await play(messages, 1));
      },
    ),
    { numRuns: 300 },
  );
});
