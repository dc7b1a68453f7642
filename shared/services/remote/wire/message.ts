import type { Json, JsonObject } from '../../../contract/index.ts';
import { EdgeError } from '../../../errors/edge-error.ts';
import type { Call } from '../../outcome.ts';
import type * as pb from '../../proto/common.generated.ts';

/** A message that protobuf accepts and the definitions do not. */
export function badMessage(problem: string): EdgeError {
  return new EdgeError('bad_service_message', problem);
}

/** @throws EdgeError `bad_service_message` when a part is absent that a message must have. */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw badMessage(`${name} is missing`);
  return value;
}

/** A time as it travels. */
export const timeOut = (milliseconds: number): bigint => BigInt(Math.trunc(milliseconds));

export const callOut = ({ now, step }: Call) => ({ now: timeOut(now), step });

export function callIn(call: pb.Call | undefined): Call {
  const { now, step } = present(call, 'call');
  return { now: Number(now), step };
}

export function jsonOut(value: Json | object | undefined): string {
  return JSON.stringify(value ?? null);
}

/** @throws EdgeError `bad_service_message` */
export function jsonIn(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new EdgeError('bad_service_message', `${name} is not JSON`, {}, error);
  }
}

/** @throws EdgeError `bad_service_message` */
export function objectIn(text: string, name: string): JsonObject {
  const value = jsonIn(text, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badMessage(`${name} is not an object`);
  return value as JsonObject;
}
