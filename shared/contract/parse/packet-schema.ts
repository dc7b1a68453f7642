import { z } from 'zod';
import { jsonObject, name, uint16 } from './json-schemas.ts';

export const namedPacket = z.object({ name, payload: jsonObject });
export const rawPacket = z.object({ type: uint16, raw: z.base64() });
export const packet = z.union([namedPacket, rawPacket]);
