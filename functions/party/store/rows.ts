import type { Json, TableGrants } from '../../../shared/contract/index.ts';
import type { Party } from '../../../shared/sections/index.ts';
import {
  absent,
  anyOf,
  equals,
  exists,
  expiresAfter,
  type Item,
  type Key,
  lacks,
  type Write,
} from '../../../shared/store/index.ts';

/** Milliseconds after its last change for which a party is kept: every entry of a member is a change. */
const KEPT = 30 * 24 * 60 * 60_000;
/** Longer than any pause between two kills that a party may outlive. */
const XP_KEPT = 365 * 24 * 60 * 60_000;

/** What the party family does in the tables. */
export const PARTY_KEYS: TableGrants = {
  world: { 'party#*': ['read', 'write'], 'party-member#*': ['read', 'write'] },
};

/** A party as it is stored: table `world`, pk `party#<id>`, sk `core`. Its experience lies beside it (sk `xp`), since many add to it at once. */
export interface PartyItem extends Item {
  readonly schema: 1;
  readonly version: number;
  readonly owner: string;
  readonly rule: number;
  readonly turn: string;
  readonly members: Json;
}

export function partyKey(id: string): Key {
  return { pk: `party#${id}`, sk: 'core' };
}

export function xpKey(id: string): Key {
  return { pk: `party#${id}`, sk: 'xp' };
}

/** Which party a character is in: at most one. Table `world`, pk `party-member#<character>`, sk `core`. */
export function memberKey(characterId: string): Key {
  return { pk: `party-member#${characterId}`, sk: 'core' };
}

export function partyOf(id: string, core: Item, xp: Item | null): Party {
  const item = core as PartyItem;
  return {
    id,
    version: item.version,
    owner: item.owner,
    rule: item.rule,
    turn: item.turn,
    xp: typeof xp?.xp === 'number' ? xp.xp : 0,
    members: item.members as unknown as Party['members'],
  };
}

function itemOf(party: Party, now: number): PartyItem {
  const { id, version, owner, rule, turn, members } = party;
  const expires = expiresAfter(now, KEPT);
  return {
    ...partyKey(id),
    schema: 1,
    version,
    owner,
    rule,
    turn,
    members: members as unknown as Json,
    expires,
  };
}

/** The writes that put `after` (null: nothing) in the place of `before` (null: nothing), memberships included. */
export function writesOf(id: string, before: Party | null, after: Party | null, now: number): Write[] {
  const when = before === null ? absent(now) : equals('version', before.version);
  const core: Write =
    after === null
      ? { kind: 'delete', table: 'world', key: partyKey(id), when }
      : { kind: 'put', table: 'world', item: itemOf(after, now), when };
  const was = new Set(before?.members.map((member) => member.id) ?? []);
  const is = new Set(after?.members.map((member) => member.id) ?? []);
  return [
    core,
    ...(after === null ? [{ kind: 'delete' as const, table: 'world' as const, key: xpKey(id) }] : []),
    ...[...is].filter((member) => !was.has(member)).map((member) => enter(member, id, now)),
    ...[...was].filter((member) => !is.has(member)).map((member) => leave(member, id)),
  ];
}

/** The writes that add to the experience of a party, if it is one still: nobody would ever remove that of another. */
export function earning(id: string, xp: number, now: number): Write[] {
  const expires = expiresAfter(now, XP_KEPT);
  return [
    { kind: 'check', table: 'world', key: partyKey(id), when: exists },
    { kind: 'update', table: 'world', key: xpKey(id), set: { expires }, add: { xp } },
  ];
}

function enter(characterId: string, partyId: string, now: number): Write {
  return { kind: 'put', table: 'world', item: { ...memberKey(characterId), partyId }, when: absent(now) };
}

function leave(characterId: string, partyId: string): Write {
  const when = anyOf(lacks('pk'), equals('partyId', partyId));
  return { kind: 'delete', table: 'world', key: memberKey(characterId), when };
}
