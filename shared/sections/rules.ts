import type { SectionRule } from '../contract/index.ts';

/**
 * How the sections of the auth and character families are kept. The character service writes their first values, so class and version
 * are said once.
 */
export const SESSION_RULE: SectionRule = { class: 'volatile', version: 1 };
export const CHARACTER_RULE: SectionRule = { class: 'durable', version: 1 };
export const VITALS_RULE: SectionRule = { class: 'checkpoint', version: 1 };
/** The entity is an item of its own beside the character's core item. */
export const INVENTORY_RULE: SectionRule = {
  class: 'derived',
  version: 1,
  source: { table: 'characters', key: 'character#{characterId}', sort: 'inventory' },
};
