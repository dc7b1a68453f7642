// The small form: the whole of zod would be half of the function's bundle.
import * as z from 'zod/mini';
import type { JsonObject } from '../../shared/contract/index.ts';
import type { TradePlace } from '../../shared/sections/index.ts';
import type { Statement } from './machine.ts';

const whole = z.int().check(z.minimum(0));
const id = z.string().check(z.minLength(1), z.maxLength(200));
const point = { x: z.number(), y: z.number() };
const place = z.object({
  map: whole,
  ...point,
  to: z.exactOptional(z.object(point)),
  speed: z.number(),
  start: z.number(),
});
const kind = { uid: z.string(), type: whole, id: whole };
const item = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stack'), ...kind, count: z.int().check(z.minimum(1)) }),
  z.object({
    kind: z.literal('single'),
    ...kind,
    isCreated: z.boolean(),
    gem: whole,
    durability: whole,
    life: whole,
    hasSocket: z.boolean(),
    isAppraised: z.boolean(),
    refine: whole,
  }),
]);
const offer = z.object({
  revision: whole,
  items: z.record(z.string().check(z.regex(/^\d$/)), z.object({ from: whole, item })),
  money: whole.check(z.maximum(0xffff_ffff)),
});

const statement = z.object({
  id,
  n: whole,
  open: z.boolean(),
  offer,
  round: whole,
  ready: z.boolean(),
  done: z.boolean(),
  seen: z.object({ revision: whole, round: whole }),
  epoch: whole,
  place,
});

const request = z.object({ id, objectId: whole, epoch: whole, place });
const over = z.object({ id, code: whole.check(z.maximum(255)) });

/** What somebody who wants to trade says of himself. */
export interface Request {
  readonly id: string;
  readonly objectId: number;
  readonly epoch: number;
  readonly place: TradePlace;
}

/** Signals are data of another player's handlers, perhaps of another version: undefined is what cannot be understood. */
export function readStatement(payload: JsonObject): Statement | undefined {
  return statement.safeParse(payload).data;
}

export function readRequest(payload: JsonObject): Request | undefined {
  return request.safeParse(payload).data;
}

export function readOver(payload: JsonObject): { readonly id: string; readonly code: number } | undefined {
  return over.safeParse(payload).data;
}
