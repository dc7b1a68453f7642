import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { address, count, jsonObject, name, time } from './json-schemas.ts';
import { packet } from './packet-schema.ts';
import { characterRef } from './state-schema.ts';

const isSectionValue = (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value);

/** New values by section name. A single check: records of zod cost several times as much, at every turn. */
const sectionValues = z
  .custom<Readonly<Record<string, JsonObject | null>>>(
    (value) => typeof value === 'object' && value !== null && Object.values(value).every(isSectionValue),
    'expected an object or null for each section',
  )
  .meta({ type: 'object', additionalProperties: { type: ['object', 'null'] } });

const stateChange = z.object({
  stage: name.exactOptional(),
  userId: z.string().nullable().exactOptional(),
  sessionId: z.string().nullable().exactOptional(),
  characterId: z.string().nullable().exactOptional(),
  characters: z.array(characterRef).exactOptional(),
  sections: sectionValues.exactOptional(),
});

const point = z.object({ x: z.number(), y: z.number() });

const motion = z.object({
  from: point,
  to: point,
  speed: z.number().positive(),
  start: time,
  fields: z.object({ x: name, y: name }),
});

const place = z.object({
  topic: address,
  object: z.string().min(1),
  appear: packet,
  vanish: packet,
  motion: motion.exactOptional(),
  at: point,
});

const objectChange = z
  .object({ object: z.string().min(1), place: place.nullable() })
  .refine(
    ({ object, place: where }) => where === null || where.object === object,
    'expected a place of the same object',
  );

const delivery = z.object({
  to: address,
  packets: z.array(packet),
  except: z.string().min(1).exactOptional(),
  about: z.string().min(1).exactOptional(),
  replace: z.string().min(1).exactOptional(),
});

const signal = z.object({ to: address, name, payload: jsonObject });

const timerChange = z.union([
  z.object({ name, at: time, payload: jsonObject.exactOptional(), section: name.exactOptional() }),
  z.object({ name, cancel: z.literal(true) }),
]);

/** Objects that one family may pin for a client: more would undo the view limit. */
const MOST_PINNED = 64;

/** One turn of a result. */
export const turnResult = z.object({
  turnId: z.string().min(1),
  state: stateChange.exactOptional(),
  replies: z.array(packet).exactOptional(),
  deliveries: z.array(delivery).exactOptional(),
  signals: z.array(signal).exactOptional(),
  place: place.nullable().exactOptional(),
  objects: z.array(objectChange).exactOptional(),
  watch: z.array(address).exactOptional(),
  pin: z.array(z.string().min(1)).max(MOST_PINNED).exactOptional(),
  timers: z.array(timerChange).exactOptional(),
  reread: z.array(name).exactOptional(),
  close: z.object({ reason: name }).exactOptional(),
  failedAt: count.exactOptional(),
  handled: count.exactOptional(),
  refusals: z.array(z.object({ message: count, reason: name })).exactOptional(),
});

/** A whole result, for its JSON Schema; results are parsed turn by turn. */
export const turnsResult = z.object({ v: z.literal(1), turns: z.array(turnResult) });
