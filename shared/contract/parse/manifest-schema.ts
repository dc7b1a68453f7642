import { z } from 'zod';
import { KEY_PATTERN } from '../grants.ts';
import { DEFAULT_BATCHING } from '../manifest.ts';
import { familyName, jsonObject, name, uint16 } from './json-schemas.ts';
import { packet } from './packet-schema.ts';
import { sectionClass } from './state-schema.ts';

const batching = z.object({
  maxBatch: z.int().min(1).max(4096).default(DEFAULT_BATCHING.maxBatch),
  maxInFlight: z.int().min(1).max(1000).default(DEFAULT_BATCHING.maxInFlight),
  /** Lambda takes and gives at most 6 MB. */
  maxBytes: z.int().min(10_000).max(6_000_000).default(DEFAULT_BATCHING.maxBytes),
});

const laneBatching = z.object({
  maxBatch: batching.shape.maxBatch.unwrap().exactOptional(),
  maxInFlight: batching.shape.maxInFlight.unwrap().exactOptional(),
  maxBytes: batching.shape.maxBytes.unwrap().exactOptional(),
});

const packetRoute = z.object({
  stages: z.array(name).min(1),
  rate: name.default('default'),
  lane: name.default('main'),
  type: uint16.exactOptional(),
  refused: packet.exactOptional(),
});

const sectionRule = z.object({
  class: sectionClass,
  version: z.int().min(1),
  source: z.object({ table: name, key: z.string().min(1), sort: z.string().min(1) }).exactOptional(),
});

const tableKey = z
  .string()
  .min(1)
  .regex(KEY_PATTERN, 'expected a partition key, or its beginning followed by *');

/** The structure of a manifest; the lists and limits that may be left out have their defaults. */
export const manifest = z.object({
  v: z.literal(1),
  name: familyName,
  packets: z.record(name, packetRoute).default({}),
  signals: z.array(name).default([]),
  vital: z.array(name).default([]),
  timers: z.array(name).default([]),
  sections: z
    .object({ owns: z.record(name, sectionRule).default({}), reads: z.array(name).default([]) })
    .default({ owns: {}, reads: [] }),
  batching: batching.default(DEFAULT_BATCHING),
  lanes: z.record(name, laneBatching).default({}),
  timeout: z.int().min(100).max(900_000).default(3000),
  memory: z.int().min(128).max(10_240).default(256),
  tables: z.record(name, z.record(tableKey, z.array(z.enum(['read', 'write'])).min(1))).default({}),
  settings: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'expected the name of an environment variable'))
    .default([]),
  services: z.array(z.enum(['auth', 'character', 'world'])).default([]),
  schemas: z.array(jsonObject).default([]),
});
