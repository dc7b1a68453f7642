import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Manifest, TurnEvent, TurnResult, TurnsResult } from '../index.ts';
import type { turnEvent } from './event-schema.ts';
import type { manifest } from './manifest-schema.ts';
import type { turnResult, turnsResult } from './result-schema.ts';

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** True when each may stand for the other. Checked by the compiler: `npm run check`. */
type Same<A, B> = [Frozen<A>] extends [Frozen<B>] ? ([Frozen<B>] extends [Frozen<A>] ? true : false) : false;

describe('schemas and hand-written types say the same', () => {
  it('of events', () => expectTypeOf<Same<z.infer<typeof turnEvent>, TurnEvent>>().toEqualTypeOf<true>());
  it('of results', () => {
    expectTypeOf<Same<z.infer<typeof turnResult>, TurnResult>>().toEqualTypeOf<true>();
    expectTypeOf<Same<z.infer<typeof turnsResult>, TurnsResult>>().toEqualTypeOf<true>();
  });
  it('of manifests', () => expectTypeOf<Same<z.infer<typeof manifest>, Manifest>>().toEqualTypeOf<true>());
});
