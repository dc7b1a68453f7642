import type { Call, Outcome } from './outcome.ts';

/** What all ingresses must agree on about the world: who has which object id. */
export interface WorldService {
  /**
   * A free object id (1,024 to 65,535) on a map. Ids that a dead connection of the same character left behind are freed.
   * `map_full`: none was found.
   */
  allocateObject(request: ObjectRequest): Promise<Outcome<'map_full', { readonly objectId: number }>>;
  /** The id may be given out again after 60 seconds. Freeing one that is not the character's own does nothing. */
  freeObject(request: {
    readonly map: number;
    readonly objectId: number;
    readonly characterId: string;
    readonly now: number;
  }): Promise<Outcome<never>>;
  /** Who has an object id right now. */
  findObject(request: {
    readonly map: number;
    readonly objectId: number;
  }): Promise<Outcome<'unknown_object', { readonly characterId: string; readonly connectionId: string }>>;
}

export interface ObjectRequest extends Call {
  readonly map: number;
  /** A character, or the address of an actor for its monsters and items. */
  readonly characterId: string;
  readonly connectionId: string;
  readonly epoch: number;
}
