import type { Json, JsonObject } from '../contract/index.ts';
import type { StoredItem } from '../sections/index.ts';
import type { Container } from './container.ts';

/** Things and money, wherever they are. */
export interface Goods {
  /** Decimal string. @default '0' */
  readonly money?: string;
  /** @default none */
  readonly items?: readonly StoredItem[];
}

/** Goods that come into the world or leave it, and why: `drop`, `npc_sale`, `craft`, `used`, `expired`... */
export interface Flow extends Goods {
  readonly reason: string;
}

/** Money and things in a character's bank, and the digest of its password. */
export interface BankContent extends Container {
  /** Absent: no password. */
  readonly password?: { readonly salt: string; readonly digest: string };
}

/** A bank as it is stored; version 0 means that nothing was ever put into it. */
export interface Bank extends BankContent {
  readonly version: number;
}

/** Something that lies on the ground of a map. Exactly one of `item` and `money`. Times are milliseconds since 1970. */
export interface GroundItem {
  readonly map: number;
  /** The region of the map that it lies in, `column,row`: it is shown by that region's actor. */
  readonly region: string;
  /** Unique for ever; the object id by which players see it is another matter. */
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly item?: StoredItem;
  /** Decimal string, above 0 and at most 4,294,967,295. */
  readonly money?: string;
  /** The character for whom it is reserved at first; null: for nobody. */
  readonly ownerId: string | null;
  /** That character's object id, for clients; 0 for none. */
  readonly ownerObject: number;
  /** Members of this party may take it like the owner. */
  readonly partyId?: string;
  readonly droppedAt: number;
  /** From here on anyone may take it. */
  readonly freeAt: number;
  /** From here on nobody may, and it is removed. */
  readonly goneAt: number;
}

/** The inventory of a character: the version that the change was computed from, and what it is to hold. */
export interface InventoryPart {
  readonly kind: 'inventory';
  readonly characterId: string;
  readonly version: number;
  /** Epoch of the turn when the character is the acting one; null for others. */
  readonly epoch: number | null;
  readonly next: Container;
}

export interface BankPart {
  readonly kind: 'bank';
  readonly characterId: string;
  /** 0 when there is none yet. */
  readonly version: number;
  readonly next: BankContent;
}

export interface GroundPutPart {
  readonly kind: 'ground-put';
  readonly row: GroundItem;
}

export interface GroundTakePart {
  readonly kind: 'ground-take';
  readonly map: number;
  readonly region: string;
  readonly id: string;
}

/** Something that a character must be told, present or not; goods may lie with it until it is taken. */
export interface MailboxPart {
  readonly kind: 'mailbox';
  readonly characterId: string;
  readonly message: JsonObject;
  readonly goods?: Goods;
}

/** Takes a message out of the mailbox together with its goods. */
export interface MailboxTakePart {
  readonly kind: 'mailbox-take';
  readonly characterId: string;
  readonly id: string;
}

export type Part = InventoryPart | BankPart | GroundPutPart | GroundTakePart | MailboxPart | MailboxTakePart;

/**
 * A change of owner or amount. The books must balance exactly: what the parts held before, and what is minted, is what they hold
 * afterwards, and what is burned. Each entity appears once.
 */
export interface Settlement {
  /** Empty: only the receipt is written. So a step is decided to do nothing, and whoever carries it out later is told so. */
  readonly parts: readonly Part[];
  readonly minted?: readonly Flow[];
  readonly burned?: readonly Flow[];
  /** Kept in the receipt and given back when the step is repeated: what the answer to the player is made of. */
  readonly note?: Json;
}
