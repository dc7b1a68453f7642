import { z } from 'zod';
import { count, familyName, jsonObject, name, time, uint16, uint32 } from './json-schemas.ts';
import { turnState } from './state-schema.ts';

const packetMessage = z.object({
  seq: count,
  name,
  kind: z.literal('packet'),
  type: uint16,
  payload: jsonObject.exactOptional(),
  raw: z.base64().exactOptional(),
});

const signalMessage = z.object({
  seq: count,
  name,
  kind: z.literal('signal'),
  payload: jsonObject,
  to: z.string().min(1),
  from: z.object({ connection: z.string(), characterId: z.string().nullable(), hops: z.int().min(0).max(4) }),
});

const timerMessage = z.object({ seq: count, name, kind: z.literal('timer'), at: time, payload: jsonObject });

const connection = z.object({
  id: z.string().min(1),
  kind: z.enum(['client', 'actor']),
  actor: z.string().nullable(),
  stage: z.string(),
  address: z.string(),
  public: z.object({ host: z.string(), port: uint16 }),
});

const turn = z.object({
  turnId: z.string().min(1),
  attempt: z.int().min(1),
  now: time,
  seed: uint32,
  epoch: count,
  deadline: time,
  connection,
  state: turnState,
  messages: z.array(z.discriminatedUnion('kind', [packetMessage, signalMessage, timerMessage])).min(1),
});

export const turnEvent = z.object({
  v: z.literal(1),
  family: familyName,
  ingress: z.string().min(1),
  turns: z.array(turn),
});
