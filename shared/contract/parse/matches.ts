import type { z } from 'zod';
import type { Manifest, TurnEvent, TurnResult, TurnsResult } from '../index.ts';
import type { turnEvent } from './event-schema.ts';
import type { manifest } from './manifest-schema.ts';
import type { turnResult, turnsResult } from './result-schema.ts';

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
type Same<A, B> = [Frozen<A>] extends [Frozen<B>] ? ([Frozen<B>] extends [Frozen<A>] ? true : never) : never;

/** Compiles only while each schema and its hand-written type say the same. */
export type SchemasMatchTypes = [
  Same<z.infer<typeof turnEvent>, TurnEvent>,
  Same<z.infer<typeof turnResult>, TurnResult>,
  Same<z.infer<typeof turnsResult>, TurnsResult>,
  Same<z.infer<typeof manifest>, Manifest>,
];
const schemasMatchTypes: SchemasMatchTypes = [true, true, true, true];
void schemasMatchTypes;
