import type { SectionRule } from '../../shared/contract/index.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import {
  contentOf,
  isActor,
  type Key,
  type Store,
  TABLE_NAMES,
  type TableName,
} from '../../shared/store/index.ts';
import { deepFreeze } from './deep-freeze.ts';
import { emptySection, type HeldSection } from './held-section.ts';

/** Rules of all sections of all families, by section name; the route table may change at run time. */
export type SectionRules = ReadonlyMap<string, { readonly family: string; readonly rule: SectionRule }>;

export interface DerivedFor {
  readonly characterId: string;
  readonly userId: string | null;
}

/** The derived sections that a character has. */
export function derivedNames(rules: SectionRules): string[] {
  return [...rules].filter(([, { rule }]) => rule.class === 'derived').map(([name]) => name);
}

/** Reads the entities behind derived sections. A missing entity gives an empty section. Actors have none. */
export async function readDerived(
  store: Store,
  rules: SectionRules,
  names: readonly string[],
  owner: DerivedFor,
): Promise<Map<string, HeldSection>> {
  const read = await Promise.all(
    names.map(async (name) => [name, await readOne(store, rules.get(name)?.rule, owner)] as const),
  );
  return new Map(read);
}

async function readOne(store: Store, rule: SectionRule | undefined, owner: DerivedFor): Promise<HeldSection> {
  const empty = emptySection('derived', rule?.version ?? 1);
  if (rule?.source === undefined || isActor(owner.characterId)) return empty;
  const key = keyOf(rule.source, owner);
  if (key === null) return empty;
  const item = await store.get(tableOf(rule.source.table), key);
  return item === null ? empty : { ...empty, value: deepFreeze(contentOf(item)) };
}

function keyOf(source: NonNullable<SectionRule['source']>, owner: DerivedFor): Key | null {
  if (owner.userId === null && (source.key + source.sort).includes('{userId}')) return null;
  const fill = (template: string) =>
    template.replace(/\{(characterId|userId)\}/g, (_, name) =>
      name === 'userId' ? (owner.userId ?? '') : owner.characterId,
    );
  return { pk: fill(source.key), sk: fill(source.sort) };
}

function tableOf(name: string): TableName {
  const table = TABLE_NAMES.find((known) => known === name);
  if (table === undefined)
    throw new EdgeError('bad_manifest', `a derived section lies in the unknown table ${name}`, {
      table: name,
    });
  return table;
}
