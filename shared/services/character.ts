import type { CharacterSection, InventorySection } from '../sections/index.ts';
import type { Economy } from './economy.ts';
import type { Call, Outcome } from './outcome.ts';

/**
 * Characters of accounts: names, lists, creation and removal, and what they own (`Economy`). What happens to one in the world is in
 * its sections.
 */
export interface CharacterService extends Economy {
  /** All characters of an account in the order in which they were made. Those whose time of grace is over are removed first. */
  list(request: { readonly userId: string; readonly now: number }): Promise<ListOutcome>;
  create(request: CreateRequest): Promise<Outcome<CreateRefusal, { readonly id: string }>>;
  /** Marks for removal in 24 hours; marking again does not prolong. */
  remove(
    request: CharacterKey & Call,
  ): Promise<Outcome<'unknown_character', { readonly remainingSeconds: number }>>;
  /** Takes the mark back. */
  restore(request: CharacterKey & Call): Promise<Outcome<'unknown_character'>>;
  /** Whether this account may play this character now. */
  playable(
    request: CharacterKey & { readonly now: number },
  ): Promise<Outcome<'unknown_character' | 'being_deleted', { readonly name: string }>>;
  /** By name, without case. A character whose time of grace is over is not found. */
  findByName(request: {
    readonly name: string;
    readonly now: number;
  }): Promise<
    Outcome<'unknown_character', { readonly id: string; readonly name: string; readonly userId: string }>
  >;
}

export interface CharacterKey {
  readonly userId: string;
  readonly characterId: string;
}

export interface CreateRequest extends Call {
  readonly userId: string;
  readonly right: number;
  readonly name: string;
  readonly race: number;
  readonly face: number;
  readonly hair: number;
}

export type CreateRefusal = 'name_taken' | 'invalid_value' | 'too_many_characters' | 'blocked';

/** One line of the character list. */
export interface CharacterSummary {
  readonly id: string;
  readonly name: string;
  readonly character: CharacterSection;
  readonly inventory: InventorySection;
  /** Seconds until it is removed, 0 when it is not being deleted. */
  readonly remainingSeconds: number;
}

export type ListOutcome = Outcome<never, { readonly characters: readonly CharacterSummary[] }>;
