import { z } from 'zod';
import type { JsonObject } from '../json.ts';

/**
 * A JSON object, kept as it is with every field. What came off a wire is plain JSON already; what a local family made was checked by
 * the adapter, message by message.
 */
export const jsonObject = z
  .custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'expected an object',
  )
  .meta({ type: 'object' });

/** Lower-case letters, digits and hyphens, beginning with a letter: families. */
export const familyName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and hyphens');

/** A name of packets, sections, signals, timers, stages, lanes and reasons. */
export const name = z
  .string()
  .refine((value) => value.length > 0 && value.length <= 128, 'expected 1 to 128 characters')
  .meta({ minLength: 1, maxLength: 128 });

/** An address: a kind and what follows it, such as `character/ID` or `map/1/12,13`. */
export const address = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\/[^/\s]+){0,7}$/, 'expected an address such as map/1/12,13');

/** Milliseconds since 1970. */
export const time = z.number();
export const count = z.int().min(0);
export const uint16 = z.int().min(0).max(0xffff);
export const uint32 = z.int().min(0).max(0xffff_ffff);
