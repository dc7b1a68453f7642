import type { JsonObject } from '../../shared/contract/index.ts';
import { type Item, sectionsOf } from '../../shared/store/index.ts';
import type { StoredTimer } from '../ports/state.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { SectionRules } from './derived.ts';
import { fromStored, type HeldSection, isKept } from './held-section.ts';

/**
 * The kept sections of a character's item. Ones that no family declares at present are held too (their family may come back
 * while the player is connected); ones that have become derived or volatile since are not.
 */
export function keptSections(item: Item, rules: SectionRules): Map<string, HeldSection> {
  const sections = new Map<string, HeldSection>();
  for (const [name, stored] of sectionsOf(item)) {
    const sectionClass = rules.get(name)?.rule.class ?? 'checkpoint';
    if (isKept(sectionClass)) sections.set(name, fromStored(deepFreeze(stored), sectionClass));
  }
  return sections;
}

/** All timers that were persisted with sections, the earliest first. */
export function keptTimers(sections: ReadonlyMap<string, HeldSection>): StoredTimer[] {
  const timers: StoredTimer[] = [];
  for (const [section, { timers: kept }] of sections) {
    for (const [name, timer] of kept)
      timers.push({ name, at: timer.at, payload: payloadOf(timer.payload), section });
  }
  return timers.sort((left, right) => left.at - right.at);
}

function payloadOf(payload: JsonObject | undefined): JsonObject {
  return payload ?? {};
}
