import type { SectionName, Sections } from '../sections/index.ts';

/**
 * How a handler says which sections it works with: names of `shared/sections` (`'position' | 'character'`), and maps of sections that
 * are the family's own and that no other family reads (`'character' | { guild: GuildSection }`).
 */
export type SectionKey = SectionName | object;

type Intersect<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
  ? I
  : never;

/** The section types by name that a `SectionKey` stands for. */
export type SectionTypes<S extends SectionKey> = Readonly<
  Pick<Sections, Extract<S, SectionName>> &
    ([Exclude<S, string>] extends [never] ? unknown : Intersect<Exclude<S, string>>)
>;

/** The names of a `SectionKey`. */
export type SectionNameOf<S extends SectionKey> = Extract<keyof SectionTypes<S>, string>;
