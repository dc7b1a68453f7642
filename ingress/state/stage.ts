import type { JsonObject, SectionRule, TimerChange } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { Commit } from '../ports/state.ts';
import { deepFreeze } from './deep-freeze.ts';
import { emptySection, type HeldSection, isKept, withoutTimer, withTimer } from './held-section.ts';
import type { HeldState } from './held-state.ts';
import { sameJson } from './same-json.ts';

/** What a turn would change of the sections, not yet applied. */
export interface Staged {
  /** New sections by name. */
  readonly sections: ReadonlyMap<string, HeldSection>;
  /** Those of them that must be persisted before anything leaves. */
  readonly urgent: ReadonlySet<string>;
  /** Those of them that are written behind. */
  readonly behind: ReadonlySet<string>;
}

/**
 * Judges what a turn wants of sections and timers. Throws `foreign_section` for a section that its family does not own, or one
 * that is kept with a character while none is owned; `ownership_lost` when something durable is to change after a loss.
 */
export function stage(state: HeldState, commit: Commit): Staged {
  const staging = new Staging(state, commit);
  for (const [name, value] of Object.entries(commit.change?.sections ?? {})) {
    if (value !== undefined) staging.change(name, value);
  }
  for (const name of commit.fired ?? []) staging.drop(name, false);
  for (const timer of commit.timers ?? []) staging.timer(timer);
  return staging;
}

class Staging implements Staged {
  readonly sections = new Map<string, HeldSection>();
  readonly urgent = new Set<string>();
  readonly behind = new Set<string>();
  private readonly state: HeldState;
  private readonly commit: Commit;

  constructor(state: HeldState, commit: Commit) {
    this.state = state;
    this.commit = commit;
  }

  change(name: string, value: JsonObject | null): void {
    const rule = this.ruleOf(name);
    const held = this.held(name, rule);
    if (rule.class === 'derived' && isOlder(value, held.value)) return;
    if (isKept(rule.class) && sameJson(value ?? undefined, held.value) && value !== null) return;
    if (value === null && held.value === undefined && held.timers.size === 0) return;
    const version = Math.max(rule.version, held.version);
    const next =
      value === null
        ? emptySection(rule.class, rule.version)
        : { class: rule.class, version, value: deepFreeze(value), timers: held.timers };
    this.put(name, next, true);
  }

  timer(change: TimerChange): void {
    const section = 'cancel' in change ? undefined : change.section;
    this.drop(change.name, true, section);
    if ('cancel' in change || section === undefined) return;
    const rule = this.ruleOf(section);
    if (!isKept(rule.class))
      throw foreign(this.commit.family, section, 'timers are kept with durable and checkpoint sections only');
    const kept = deepFreeze({ at: change.at, payload: change.payload ?? {} });
    const held = this.held(section, rule);
    if (sameJson(held.timers.get(change.name), kept)) return;
    this.put(section, withTimer(held, change.name, kept), true);
  }

  /** Takes a kept timer out of the section that holds it, unless that is `except`. */
  drop(name: string, urgently: boolean, except?: string): void {
    const holder = this.holderOf(name);
    if (holder === undefined || holder.name === except) return;
    this.put(holder.name, withoutTimer(holder.section, name), urgently);
  }

  private holderOf(timer: string): { name: string; section: HeldSection } | undefined {
    for (const [name, before] of this.state.sections) {
      const section = this.sections.get(name) ?? before;
      if (section.timers.has(timer)) return { name, section };
    }
    for (const [name, section] of this.sections) if (section.timers.has(timer)) return { name, section };
    return undefined;
  }

  private put(name: string, section: HeldSection, urgently: boolean): void {
    this.sections.set(name, section);
    if (!isKept(section.class)) return;
    const urgent = urgently && section.class === 'durable';
    if (this.state.lost && urgent)
      throw new EdgeError('ownership_lost', `section ${name} has another owner now`, { section: name });
    if (this.state.characterId === null)
      throw foreign(this.commit.family, name, 'no character is owned with which it could be kept');
    if (urgent) this.urgent.add(name);
    else if (!this.urgent.has(name)) this.behind.add(name);
  }

  private held(name: string, rule: SectionRule): HeldSection {
    return this.sections.get(name) ?? this.state.sections.get(name) ?? emptySection(rule.class, rule.version);
  }

  private ruleOf(section: string): SectionRule {
    const rule = Object.hasOwn(this.commit.owns, section) ? this.commit.owns[section] : undefined;
    if (rule === undefined) throw foreign(this.commit.family, section, 'the family does not own it');
    return rule;
  }
}

/** A copy of an entity that is older than the one held: another write of the same entity was seen already. */
function isOlder(value: JsonObject | null, held: JsonObject | undefined): boolean {
  const [next, now] = [value?.version, held?.version];
  return typeof next === 'number' && typeof now === 'number' && next < now;
}

function foreign(family: string, section: string, why: string): EdgeError {
  return new EdgeError('foreign_section', `family ${family} may not change section ${section}: ${why}`, {
    family,
    section,
  });
}
