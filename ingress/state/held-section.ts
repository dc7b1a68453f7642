import type { JsonObject, SectionClass } from '../../shared/contract/index.ts';
import type { KeptTimer, StoredSection } from '../../shared/store/index.ts';

export type KeptTimers = ReadonlyMap<string, KeptTimer>;

const NO_TIMERS: KeptTimers = new Map();

/** A section in memory. Never changed, only replaced. */
export interface HeldSection {
  readonly class: SectionClass;
  /** Schema version of the value: the newer of what was stored and what its family writes, since unknown fields are carried along. */
  readonly version: number;
  /** Deep-frozen; undefined when only timers are left. */
  readonly value: JsonObject | undefined;
  readonly timers: KeptTimers;
}

export function emptySection(sectionClass: SectionClass, version: number): HeldSection {
  return { class: sectionClass, version, value: undefined, timers: NO_TIMERS };
}

/** Whether the ingress writes sections of this class to the store. */
export function isKept(sectionClass: SectionClass): boolean {
  return sectionClass === 'durable' || sectionClass === 'checkpoint';
}

/** The form in which a section lies in the store; null when nothing is left of it. */
export function toStored(section: HeldSection): StoredSection | null {
  if (section.value === undefined && section.timers.size === 0) return null;
  return {
    version: section.version,
    ...(section.value === undefined ? {} : { value: section.value }),
    ...(section.timers.size === 0 ? {} : { timers: Object.fromEntries(section.timers) }),
  };
}

export function fromStored(stored: StoredSection, sectionClass: SectionClass): HeldSection {
  const timers = stored.timers === undefined ? NO_TIMERS : new Map(Object.entries(stored.timers));
  return { class: sectionClass, version: stored.version, value: stored.value, timers };
}

export function withTimer(section: HeldSection, name: string, timer: KeptTimer): HeldSection {
  return { ...section, timers: new Map(section.timers).set(name, timer) };
}

export function withoutTimer(section: HeldSection, name: string): HeldSection {
  const timers = new Map(section.timers);
  timers.delete(name);
  return { ...section, timers };
}
