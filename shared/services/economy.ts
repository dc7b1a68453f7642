import type { Json, JsonObject } from '../contract/index.ts';
import type { Bank, Goods, GroundItem, Settlement } from '../economy/settlement.ts';
import type { InventorySection } from '../sections/index.ts';
import type { Call, Down, Outcome } from './outcome.ts';

/** Items and money, wherever they are: read, and changed by settlements only. */
export interface Economy {
  /**
   * Carries a settlement out, all of it or nothing. The entities are read, and written in one transaction together with a receipt,
   * so that a step happens once however often it is called.
   */
  settle(request: SettleRequest): Promise<SettleOutcome>;
  /** Inventories, and banks if asked for, as they are now. With `step` also the receipt of an earlier run of that step. */
  possessions(request: PossessionsRequest): Promise<PossessionsOutcome>;
  /** What lies on the ground of a region (`column,row`), also what is past its time and not yet removed. */
  onGround(request: {
    readonly map: number;
    readonly region: string;
  }): Promise<Outcome<never, { readonly rows: readonly GroundItem[] }>>;
  /** The messages that wait for a character, the oldest first. Those without goods stay until they are acknowledged. */
  mailbox(request: {
    readonly characterId: string;
  }): Promise<Outcome<never, { readonly mails: readonly Mail[] }>>;
  /** Removes messages that were read. One that holds goods is not removed: take it by a settlement (`mailbox-take`). */
  acknowledge(request: {
    readonly characterId: string;
    readonly ids: readonly string[];
  }): Promise<Outcome<never>>;
}

export interface SettleRequest extends Call, Settlement {}

/**
 * - `ok`: carried out, now or (`repeated`) by an earlier run of the step; `note` is that of the first run.
 * - `stale`: an entity is not as it was when the change was computed: read again and compute again.
 * - `fenced`: the acting connection does not own its character any more; nothing may be answered.
 * - `unbalanced`: a bug of the caller; nothing was written. To be logged as an error.
 */
export type SettleOutcome =
  | { readonly code: 'ok'; readonly repeated: boolean; readonly note: Json }
  | { readonly code: 'stale' | 'fenced' }
  | { readonly code: 'unbalanced'; readonly problem: string }
  | Down;

export interface PossessionsRequest {
  readonly characterIds: readonly string[];
  /** @default false */
  readonly banks?: boolean;
  /** @default none */
  readonly step?: string;
}

export interface Possessions {
  /** By character id; a character that does not exist is absent. */
  readonly inventories: Readonly<Record<string, InventorySection>>;
  /** By character id; when asked for, of every character. */
  readonly banks: Readonly<Record<string, Bank>>;
  /** The note of an earlier run of the step, null when there was none. */
  readonly settled: { readonly note: Json } | null;
}

export type PossessionsOutcome = Outcome<never, Possessions>;

/** A message that waits for a character. */
export interface Mail {
  readonly id: string;
  readonly message: JsonObject;
  readonly goods: Goods | null;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}
