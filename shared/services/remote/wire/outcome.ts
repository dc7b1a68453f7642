import { badMessage } from './message.ts';

/** `oneof outcome` of most answers. */
interface WireOutcome {
  readonly case: string | undefined;
  readonly value?: unknown;
}

type OkOf<W> = Extract<W, { readonly case: 'ok' }> extends { readonly value: infer V } ? V : never;

/** The refusals of a service: its code, and the number of it that travels. */
export type Refusals<Code extends string, E extends number> = Readonly<Record<Code, E>>;

type RefusalOf<O extends { readonly code: string }> = Exclude<O['code'], 'ok'>;

/** The code of a refusal that travelled; only those that the call may answer with. */
export function refusalIn<Code extends string>(
  refusals: Refusals<Code, number>,
  value: number,
  allowed: readonly Code[],
): Code {
  const code = allowed.find((candidate) => refusals[candidate] === value);
  if (code === undefined) throw badMessage(`refusal ${value} is none of ${allowed.join(', ')}`);
  return code;
}

/** An outcome out of `oneof outcome`. */
export function outcomeIn<W extends WireOutcome, Facts extends object, Code extends string>(
  outcome: W,
  facts: (value: OkOf<W>) => Facts,
  refusals: Refusals<Code, number>,
  allowed: readonly Code[],
): ({ readonly code: 'ok' } & Facts) | { readonly code: Code } {
  if (outcome.case === 'ok') return { code: 'ok', ...facts(outcome.value as OkOf<W>) };
  if (outcome.case !== 'refused') throw badMessage('an answer without outcome');
  return { code: refusalIn(refusals, outcome.value as number, allowed) };
}

/** An outcome as `oneof outcome`. */
export function outcomeOut<O extends { readonly code: string }, V, E extends number>(
  outcome: O,
  value: (ok: Extract<O, { readonly code: 'ok' }>) => V,
  refusals: Refusals<RefusalOf<O>, E>,
): { readonly case: 'ok'; readonly value: V } | { readonly case: 'refused'; readonly value: E } {
  return outcome.code === 'ok'
    ? { case: 'ok', value: value(outcome as Extract<O, { readonly code: 'ok' }>) }
    : { case: 'refused', value: refusals[outcome.code as RefusalOf<O>] };
}

/** An outcome out of `optional refused`. */
export function doneIn<Code extends string>(
  refused: number | undefined,
  refusals: Refusals<Code, number>,
  allowed: readonly Code[],
): { readonly code: 'ok' } | { readonly code: Code } {
  if (refused === undefined) return { code: 'ok' };
  return { code: refusalIn(refusals, refused, allowed) };
}

/** An outcome as `optional refused`. */
export function doneOut<O extends { readonly code: string }, E extends number>(
  outcome: O,
  refusals: Refusals<RefusalOf<O>, E>,
): { refused?: E } {
  return outcome.code === 'ok' ? {} : { refused: refusals[outcome.code as RefusalOf<O>] };
}
