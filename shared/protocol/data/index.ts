import type { Overrides } from '../overlay.ts';
import type { Schema } from '../schema.ts';
import familyData from './families.json' with { type: 'json' };
import schemaData from './packets.json' with { type: 'json' };
import retailData from './retail-overrides.json' with { type: 'json' };

/** The packets, types and constants of the protocol. */
export const schema = schemaData as unknown as Schema;

/** Layouts of profile `retail` that differ. */
export const retailOverrides = retailData as unknown as Overrides;

/** Packets by the family they belong to. */
export const families: Readonly<Record<string, readonly string[]>> = familyData;
