import type { FieldDefinition } from '../schema.ts';

/**
 * A place in the fields of a packet: names joined by dots. `[]` behind a name means every element of that list, a number one element
 * of it, as in `characters[].items` and `members.0`.
 */
export type Path = string;

/** A code of profile `head`, and the one that the other profile has for it. */
export type CodePair = readonly [ours: number, theirs: number];

/** One difference between the fields of `head` (ours) and those of another profile (theirs); it works both ways. */
export type Step =
  /**
   * Another number for the same thing. Of several pairs with the same number the first counts. A number in no pair has no
   * counterpart, unless the others are the `same`.
   */
  | {
      readonly kind: 'codes';
      readonly field: Path;
      readonly pairs: readonly CodePair[];
      readonly others: 'refused' | 'same';
    }
  /** Another unit: ours times the factor is theirs. */
  | { readonly kind: 'scale'; readonly field: Path; readonly factor: number }
  /** Values that stand elsewhere: from the first place in our fields, where all must be, to the second in theirs. */
  | { readonly kind: 'move'; readonly places: readonly (readonly [ours: Path, theirs: Path])[] }
  /** A field that only we have, with the value that it has when it comes from the other profile. */
  | { readonly kind: 'only-ours'; readonly field: string; readonly value: unknown }
  /** A field that only they have; it is what their layout says when it goes there, and left out when it comes. */
  | { readonly kind: 'only-theirs'; readonly field: string }
  /** Two elements of a list have changed places. */
  | { readonly kind: 'swap'; readonly list: Path; readonly places: readonly [number, number] }
  /** The other profile lacks one element of a list; `empty` stands for it when it comes from there. */
  | { readonly kind: 'leave-out'; readonly list: Path; readonly place: number; readonly empty: unknown }
  /** Flags that the other profile cannot be told without values that we do not have: it is not told of them. */
  | { readonly kind: 'clear'; readonly field: Path; readonly flags: number };

/** One way in which the other profile lays a packet out. */
export interface Form {
  /** When encoding it is taken where this field of ours has one of these values; always if absent. */
  readonly ours?: { readonly field: string; readonly is: readonly number[] };
  /** When decoding it is taken for such payloads: one of these bytes at a place, or fewer bytes in all; always if absent. */
  readonly theirs?: { readonly at: number; readonly is: readonly number[] } | { readonly below: number };
  /** Its layout, unless it is the one that the profile has for the packet. */
  readonly fields?: readonly FieldDefinition[];
  readonly steps: readonly Step[];
}

/** How a packet of `head` becomes one of another profile and back. */
export interface Translation {
  readonly packet: string;
  /** What differs and what is lost, for the documentation. */
  readonly about: string;
  /** The first that fits is taken; the last one fits always. */
  readonly forms: readonly [Form, ...Form[]];
}
