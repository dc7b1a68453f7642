import {
  absent,
  allOf,
  equals,
  exists,
  type Item,
  type Key,
  type Store,
  type Write,
} from '../../../store/index.ts';
import { nameKeyOf } from './names.ts';

/** A character of an account; `removeAt` is 0, or when its time of grace ends (milliseconds since 1970). */
export interface RosterEntry {
  readonly id: string;
  readonly name: string;
  readonly removeAt: number;
  readonly [key: string]: string | number;
}

/** The characters of an account in the order of their making. Table `accounts`, pk `characters#<user id>`, sk `list`. */
export interface Roster {
  readonly userId: string;
  /** 0 when there is no item yet. */
  readonly version: number;
  readonly list: readonly RosterEntry[];
}

/** Who has a name. Table `characters`, pk `name#<lower case>`, sk `name`. */
export interface NameItem extends Item {
  readonly characterId: string;
  readonly userId: string;
  readonly name: string;
  readonly removeAt: number;
}

function rosterKey(userId: string): Key {
  return { pk: `characters#${userId}`, sk: 'list' };
}

export function nameItemKey(name: string): Key {
  return { pk: `name#${nameKeyOf(name)}`, sk: 'name' };
}

export async function readRoster(store: Store, userId: string): Promise<Roster> {
  const item = await store.get('accounts', rosterKey(userId));
  if (item === null) return { userId, version: 0, list: [] };
  return { userId, version: item.version as number, list: item.list as unknown as readonly RosterEntry[] };
}

export async function readName(store: Store, name: string): Promise<NameItem | null> {
  return (await store.get('characters', nameItemKey(name))) as NameItem | null;
}

/** Puts a list in the place of the one that was read; refused when it has changed meanwhile. */
export function rosterWrite(roster: Roster, list: readonly RosterEntry[], now: number): Write {
  return {
    kind: 'put',
    table: 'accounts',
    item: { ...rosterKey(roster.userId), version: roster.version + 1, list },
    when: roster.version === 0 ? absent(now) : equals('version', roster.version),
  };
}

/** The name is still this character's. */
export function ownName(characterId: string) {
  return allOf(exists, equals('characterId', characterId));
}
