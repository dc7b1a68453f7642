// The small form: the whole of zod would be half of the function's bundle.
import * as z from 'zod/mini';
import type { Json, JsonObject } from '../../shared/contract/index.ts';
import type { Fill, Wanted } from './rules/deals.ts';

const whole = z.int().check(z.minimum(0));
const place = z.object({ map: whole, x: z.number(), y: z.number() });
const item = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stack'), uid: z.string(), type: whole, id: whole, count: whole }),
  z.object({
    kind: z.literal('single'),
    uid: z.string(),
    type: whole,
    id: whole,
    isCreated: z.boolean(),
    gem: whole,
    durability: whole,
    life: whole,
    hasSocket: z.boolean(),
    isAppraised: z.boolean(),
    refine: whole,
  }),
]);

const look = z.object({ place });
const wanted = z.object({ line: whole, from: whole, type: whole, id: whole, count: whole });
const key = z.string().check(z.minLength(1), z.maxLength(200));
const deal = z.object({
  key,
  kind: z.enum(['buy', 'sell']),
  shop: whole,
  epoch: whole,
  place,
  edition: z.exactOptional(key),
  wanted: z.array(wanted).check(z.minLength(1)),
});
const dealt = z.object({
  key,
  shop: whole,
  result: whole,
  updated: z.array(z.object({ line: whole, item: z.nullable(item) })),
  settled: z.boolean(),
});
const fills = z.object({ fills: z.array(z.object({ line: whole, count: whole })), partial: z.boolean() });

export type Place = z.infer<typeof place>;

/** What a visitor asks of a shop. */
export interface Deal {
  /** By which the visitor knows the answer. */
  readonly key: string;
  readonly kind: 'buy' | 'sell';
  /** Object id of the shop's owner. */
  readonly shop: number;
  /** Fencing epoch of the visitor. */
  readonly epoch: number;
  readonly place: Place;
  /** Which opening of the shop the visitor was shown last; absent when it was shown none. */
  readonly edition?: string;
  readonly wanted: readonly Wanted[];
}

/** The answer to a deal. `settled`: the visitor's inventory has changed, or may have. */
export type Answer = z.infer<typeof dealt>;

/** Signals are data of another player's handlers, perhaps of another version: undefined is what cannot be understood. */
export function readLook(payload: JsonObject): { readonly place: Place } | undefined {
  return look.safeParse(payload).data;
}

export function readDeal(payload: JsonObject): Deal | undefined {
  return deal.safeParse(payload).data;
}

export function readAnswer(payload: JsonObject): Answer | undefined {
  return dealt.safeParse(payload).data;
}

/** What a receipt of a deal says. */
export function readFills(
  note: Json,
): { readonly fills: readonly Fill[]; readonly partial: boolean } | undefined {
  return fills.safeParse(note).data;
}
