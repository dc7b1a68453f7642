import { describe, expectTypeOf, it } from 'vitest';
import type { PositionSection } from '../sections/index.ts';
import type { Context } from './context.ts';
import type { HandlerResult, PacketHandler } from './handler.ts';
import type { SectionNameOf, SectionTypes } from './section-types.ts';

interface Guild {
  readonly guild: { readonly id: string };
}

describe('the sections of a handler', () => {
  it('are named after those of shared/sections', () => {
    expectTypeOf<SectionTypes<'position'>['position']>().toEqualTypeOf<PositionSection>();
    expectTypeOf<SectionNameOf<'position' | 'vitals'>>().toEqualTypeOf<'position' | 'vitals'>();
    expectTypeOf<Context<'position', null>['sections']['position']>().toEqualTypeOf<
      PositionSection | undefined
    >();
  });

  it('may be brought by the family itself', () => {
    type Both = 'position' | Guild;
    expectTypeOf<SectionNameOf<Both>>().toEqualTypeOf<'position' | 'guild'>();
    expectTypeOf<SectionTypes<Both>['guild']>().toEqualTypeOf<Guild['guild']>();
  });

  it('let a handler of fewer sections and services serve in a family of more', () => {
    type Small = PacketHandler<'CLI_ALIVE', 'position', { readonly a: () => void }>;
    type Large = PacketHandler<
      'CLI_ALIVE',
      'position' | Guild,
      { readonly a: () => void; readonly b: () => void }
    >;
    expectTypeOf<Small>().toExtend<Large>();
  });

  it('are all that a result may change', () => {
    type Changed = NonNullable<NonNullable<HandlerResult<'position'>['state']>['sections']>;
    expectTypeOf<keyof Changed>().toEqualTypeOf<'position'>();
  });
});
