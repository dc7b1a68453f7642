import { z } from 'zod';
import type { Json } from '../../../contract/index.ts';
import type { Part, Settlement } from '../../../economy/settlement.ts';
import { badMessage } from '../wire/message.ts';

// Fields that are not named here pass: sections, items and messages grow, and a service must not lose what it does not know.
const money = z.string().regex(/^\d{1,20}$/);
const version = z.int().nonnegative();
const text = z.string().min(1);
const item = z.looseObject({
  kind: z.enum(['stack', 'single']),
  uid: text,
  type: z.int().nonnegative(),
  id: z.int().nonnegative(),
});
const container = z.looseObject({ zuly: money, slots: z.record(z.string(), item) });
const goods = { money: money.optional(), items: z.array(item).optional() };
const flow = z.looseObject({ ...goods, reason: text });
const region = { map: z.int().nonnegative(), region: text, id: text };

/** One for each kind of part, so that a new kind does not compile without one. */
const PARTS: { readonly [K in Part['kind']]: z.ZodObject } = {
  inventory: z.looseObject({ characterId: text, version, epoch: z.int().nullable(), next: container }),
  bank: z.looseObject({ characterId: text, version, next: container }),
  'ground-put': z.looseObject({
    row: z.looseObject({
      ...region,
      x: z.number(),
      y: z.number(),
      item: item.optional(),
      money: money.optional(),
      ownerId: z.string().nullable(),
      ownerObject: z.int(),
      droppedAt: z.number(),
      freeAt: z.number(),
      goneAt: z.number(),
    }),
  }),
  'ground-take': z.looseObject(region),
  mailbox: z.looseObject({
    characterId: text,
    message: z.looseObject({}),
    goods: z.looseObject(goods).optional(),
  }),
  'mailbox-take': z.looseObject({ characterId: text, id: text }),
};

const part = z.looseObject({ kind: z.string() }).check((context) => {
  const { kind } = context.value;
  const shape = Object.hasOwn(PARTS, kind) ? PARTS[kind as Part['kind']] : undefined;
  const issues = shape === undefined ? [] : (shape.safeParse(context.value).error?.issues ?? []);
  if (shape === undefined)
    context.issues.push({ code: 'custom', message: `unknown kind ${kind}`, path: ['kind'], input: kind });
  for (const { path, message } of issues)
    context.issues.push({ code: 'custom', message, path: [...path], input: context.value });
});

const settlement = z.looseObject({
  parts: z.array(part),
  minted: z.array(flow).optional(),
  burned: z.array(flow).optional(),
});

/**
 * A settlement that came over the network.
 * @throws EdgeError `bad_service_message` that names the field
 */
export function settlementIn(value: Json): Settlement {
  const outcome = settlement.safeParse(value);
  if (outcome.success) return value as unknown as Settlement;
  const [issue] = outcome.error.issues;
  throw badMessage(`settlement.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
}
