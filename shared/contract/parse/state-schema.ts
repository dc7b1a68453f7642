import { z } from 'zod';
import { jsonObject, name } from './json-schemas.ts';

export const characterRef = z.object({ id: z.string().min(1), name: z.string() });

export const sectionClass = z.enum(['durable', 'checkpoint', 'derived', 'volatile']);

export const turnState = z.object({
  userId: z.string().nullable(),
  sessionId: z.string().nullable(),
  characterId: z.string().nullable(),
  characters: z.array(characterRef),
  sections: z.record(name, jsonObject),
});
