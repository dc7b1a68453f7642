import type { Json, TableGrants } from '../../../shared/contract/index.ts';
import {
  absent,
  anyOf,
  equals,
  type Item,
  type Key,
  lacks,
  type Write,
} from '../../../shared/store/index.ts';
import type { Clan } from '../clan.ts';

/** What the clan family does in the tables. */
export const CLAN_KEYS: TableGrants = {
  world: {
    'clan#*': ['read', 'write'],
    'clan-name#*': ['read', 'write'],
    'clan-number#*': ['read', 'write'],
    'clan-member#*': ['read', 'write'],
  },
};

/** A clan: table `world`, pk `clan#<id>`, sk `core`; its picture lies beside it (sk `icon`). */
export function clanKey(id: string): Key {
  return { pk: `clan#${id}`, sk: 'core' };
}

export function iconKey(id: string): Key {
  return { pk: `clan#${id}`, sk: 'icon' };
}

/** Names are unique without case, numbers and memberships are unique too: each has an item that only one can make. */
export function nameKey(name: string): Key {
  return { pk: `clan-name#${name.toLowerCase()}`, sk: 'core' };
}

export function numberKey(number: number): Key {
  return { pk: `clan-number#${number}`, sk: 'core' };
}

export function memberKey(characterId: string): Key {
  return { pk: `clan-member#${characterId}`, sk: 'core' };
}

export function clanOf(id: string, item: Item): Clan {
  const { version, number, name, description, notice, mark, members } = item as unknown as Clan;
  return { id, version, number, name, description, notice, mark, members };
}

/** The writes that put `after` (null: nothing) in the place of `before` (null: nothing). */
export function writesOf(id: string, before: Clan | null, after: Clan | null, now: number): Write[] {
  const when = before === null ? absent(now) : equals('version', before.version);
  const was = new Set(before?.members.map((member) => member.id) ?? []);
  const is = new Set(after?.members.map((member) => member.id) ?? []);
  const core: Write =
    after === null
      ? { kind: 'delete', table: 'world', key: clanKey(id), when }
      : { kind: 'put', table: 'world', item: itemOf(after), when };
  return [
    core,
    ...(before === null && after !== null
      ? [own(nameKey(after.name), id, now), own(numberKey(after.number), id, now)]
      : []),
    ...(after === null && before !== null
      ? [disown(nameKey(before.name), id), disown(numberKey(before.number), id), disown(iconKey(id), id)]
      : []),
    ...[...is].filter((member) => !was.has(member)).map((member) => own(memberKey(member), id, now)),
    ...[...was].filter((member) => !is.has(member)).map((member) => disown(memberKey(member), id)),
  ];
}

function itemOf(clan: Clan): Item {
  const { id, ...content } = clan;
  return { ...(content as unknown as Record<string, Json>), ...clanKey(id), schema: 1 };
}

function own(key: Key, clanId: string, now: number): Write {
  return { kind: 'put', table: 'world', item: { ...key, clanId }, when: absent(now) };
}

function disown(key: Key, clanId: string): Write {
  const when = anyOf(lacks('pk'), lacks('clanId'), equals('clanId', clanId));
  return { kind: 'delete', table: 'world', key, when };
}
