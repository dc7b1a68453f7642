import type { JsonObject } from '../contract/index.ts';
import type { Item, Key } from './item.ts';

/** Sort key of the item that holds epoch, owner and sections of a character or an actor. */
export const CORE = 'core';
/** Attributes of sections are named so, then the section's name. */
const PREFIX = 'section_';

/** Where a character's (or, by its address `actor/...`, an actor's) own item lies in the table `characters`. */
export function coreKey(entity: string): Key {
  return { pk: isActor(entity) ? entity : `character#${entity}`, sk: CORE };
}

export function isActor(entity: string): boolean {
  return entity.startsWith('actor/');
}

/** The attribute of the core item in which a section lies. */
export function sectionAttribute(section: string): string {
  return PREFIX + section;
}

/** A timer kept with its section. */
export interface KeptTimer extends JsonObject {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly payload: JsonObject;
}

/** A section as it is stored: its schema version beside the value, and its timers by name. */
export interface StoredSection extends JsonObject {
  readonly version: number;
  /** Absent when only timers are left. */
  readonly value?: JsonObject;
  readonly timers?: Readonly<Record<string, KeptTimer>>;
}

export function storedSection(version: number, value: JsonObject): StoredSection {
  return { version, value };
}

/**
 * The core item of a new character: epoch 0, owned by nobody, with its first sections. `facts` are attributes beside them
 * (`userId`, `name`, deletion time) that the keeper of the ingress never touches.
 */
export function newCore(
  characterId: string,
  facts: JsonObject,
  sections: Readonly<Record<string, StoredSection>>,
): Item {
  const attributes = Object.entries(sections).map(
    ([name, section]) => [sectionAttribute(name), section] as const,
  );
  return { ...facts, ...Object.fromEntries(attributes), ...coreKey(characterId), epoch: 0 };
}

/** All stored sections of a core item, whether or not any family knows them. */
export function sectionsOf(item: Item): Map<string, StoredSection> {
  const sections = new Map<string, StoredSection>();
  for (const [attribute, stored] of Object.entries(item)) {
    if (attribute.startsWith(PREFIX) && isStored(stored))
      sections.set(attribute.slice(PREFIX.length), stored);
  }
  return sections;
}

/** The value of one section of a core item, for readers outside its owner's connection (character lists, shops). */
export function sectionValue(item: Item, section: string): JsonObject | null {
  const stored = item[sectionAttribute(section)];
  return isStored(stored) ? (stored.value ?? null) : null;
}

function isStored(value: unknown): value is StoredSection {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { version?: unknown }).version === 'number'
  );
}
