import type { StoredItem } from './inventory.ts';
import type { PositionSection } from './position.ts';

/** A thing on offer: where it lies, and what is offered of it. */
export interface OfferedItem {
  /** Inventory slot of its owner. */
  readonly from: number;
  /** As it was when it was offered; of a stack `count` is what is offered. */
  readonly item: StoredItem;
}

/** What one side would give. */
export interface TradeOffer {
  /** Counts the changes. */
  readonly revision: number;
  /** By trade slot, 0 to 9. */
  readonly items: Readonly<Record<string, OfferedItem>>;
  /** Zuly, 32 bits. */
  readonly money: number;
}

/** Where a character goes or stands. */
export type TradePlace = Pick<PositionSection, 'map' | 'x' | 'y' | 'to' | 'speed' | 'start'>;

/**
 * `trade`: one side of a trade, as that side knows it. Owner: the trade family, volatile; the shop family reads whether it is there.
 *
 * A `round` counts how often a side took its readiness back without changing its offer. What the other side said in an earlier round,
 * or of an earlier revision, no longer binds it.
 */
export interface TradeSection {
  /** Of the trade, unique for ever: the key of its receipt. */
  readonly id: string;
  /** Who asked carries the trade out; nobody else does. */
  readonly role: 'asker' | 'asked';
  /** False until the asked side has accepted. */
  readonly open: boolean;
  /** Milliseconds since 1970: when it was asked. */
  readonly since: number;
  readonly me: { readonly characterId: string; readonly objectId: number; readonly map: number };
  readonly partner: {
    readonly objectId: number;
    /** Null while the asker does not know yet whom it has asked. */
    readonly connection: string | null;
    readonly characterId: string | null;
    /** Fencing epoch under which it last spoke. */
    readonly epoch: number;
    readonly place: TradePlace | null;
  };
  /** Number of the last statement made to the partner. */
  readonly said: number;
  /** Number of the last statement heard. */
  readonly heard: number;
  readonly mine: TradeOffer;
  readonly round: number;
  readonly ready: boolean;
  readonly done: boolean;
  readonly theirs: TradeOffer;
  readonly theirRound: number;
  readonly theirReady: boolean;
  readonly theirDone: boolean;
  /** It ends with this code (TradeState) as soon as the database can be asked whether it was carried out. */
  readonly ending?: number;
}
