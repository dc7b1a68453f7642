import type { ActiveEffect } from './effects.ts';

/**
 * `monsters`: who is alive in a region, and which players are near. Owner: the combat family, on region actors, volatile: when all players have left
 * it is forgotten. Times are milliseconds since 1970.
 */
export interface MonstersSection {
  /** By object id (as a string). */
  readonly mobs: Readonly<Record<string, Mob>>;
  /** By object id (as a string). */
  readonly players: Readonly<Record<string, NearPlayer>>;
  /** Since when no player is near; absent while one is. */
  readonly quietSince?: number;
}

/**
 * - `idle`: wanders about its home.
 * - `chase`: runs after its target and hits it.
 * - `return`: has given up and goes home; nothing but the way interests it.
 * - `dead`: lies there until `actAt`.
 */
export type MobMode = 'idle' | 'chase' | 'return' | 'dead';

/** One monster. At rest `to` is absent; while walking its position follows from (x, y), to, speed and start. */
export interface Mob {
  /** Place of its spawn in the world data, and which of the spawn's monsters it is. */
  readonly spawn: number;
  readonly slot: number;
  /** Id of its kind in the world data. */
  readonly kind: number;
  readonly objectId: number;
  readonly home: { readonly x: number; readonly y: number };
  readonly x: number;
  readonly y: number;
  readonly to?: { readonly x: number; readonly y: number };
  /** Units a second. */
  readonly speed: number;
  readonly start: number;
  readonly hp: number;
  readonly mode: MobMode;
  /** Object id of whom it chases, 0 for nobody. */
  readonly target: number;
  /** When it next does something. */
  readonly actAt: number;
  /** Before this it does not hit again. */
  readonly nextHit: number;
  /** When it next wanders. */
  readonly wanderAt: number;
  /** Who has hurt it, by object id (as a string). */
  readonly grudges: Readonly<Record<string, Grudge>>;
  readonly effects: readonly ActiveEffect[];
}

export interface Grudge {
  readonly characterId: string;
  readonly level: number;
  /** Hp that it cost. */
  readonly damage: number;
  readonly partyId?: string;
}

/** A player as it last told about itself; where it is now follows from its walk. */
export interface NearPlayer {
  readonly objectId: number;
  readonly characterId: string;
  readonly x: number;
  readonly y: number;
  readonly to?: { readonly x: number; readonly y: number };
  readonly speed: number;
  readonly start: number;
  readonly alive: boolean;
  readonly heardAt: number;
}

/** `graves`: when the dead of a region come back. Owner: the combat family, on region actors, checkpoint. Version 1. */
export interface GravesSection {
  /** By `spawn/slot`: milliseconds since 1970. */
  readonly respawns: Readonly<Record<string, number>>;
}
