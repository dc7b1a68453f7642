import type { TableGrants } from '../../../shared/contract/index.ts';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import { orDown } from '../../../shared/services/builtin/or-down.ts';
import type { Call, Outcome } from '../../../shared/services/index.ts';
import {
  absent,
  equals,
  type Item,
  type Key,
  readReceipt,
  type Store,
  transactOnce,
  type Write,
} from '../../../shared/store/index.ts';
import { FRIENDS } from '../names.ts';

const ATTEMPTS = 10;
const TAGS = 65_535;

/** A friend as it is kept in somebody's list. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly tag: number;
  readonly [key: string]: string | number;
}

/** Who has whom for a friend: always both ways. Table `world`, pk `friends#<character>`, sk `list`. */
export interface Friends {
  of(request: { readonly characterId: string }): Promise<Outcome<never, { readonly list: readonly Entry[] }>>;
  /** Makes friends of two. The tags are those in the list of the first and of the second. */
  join(
    request: Call & { readonly one: Person; readonly other: Person },
  ): Promise<Outcome<'full' | 'already_friend', Tags>>;
  part(request: Call & { readonly one: string; readonly other: string }): Promise<Outcome<'no_friend', Tags>>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Tags {
  /** Tag of the other in the list of the first; 0 when it is not there. */
  readonly ofOther: number;
  readonly ofOne: number;
}

interface List {
  readonly characterId: string;
  readonly version: number;
  readonly list: readonly Entry[];
}

export function createFriends(store: Store): Friends {
  return {
    of: ({ characterId }) =>
      orDown(async () => ({ code: 'ok' as const, list: (await read(store, characterId)).list })),
    join: ({ one, other, now, step }) =>
      orDown(() =>
        change(store, one.id, other.id, now, step, (mine, theirs) => {
          if (tagIn(mine, other.id) !== 0) return { refused: 'already_friend' as const };
          if (mine.list.length >= FRIENDS || theirs.list.length >= FRIENDS)
            return { refused: 'full' as const };
          const ofOther = freeTag(mine);
          const ofOne = freeTag(theirs);
          return {
            mine: [...mine.list, { ...other, tag: ofOther }],
            theirs: [...theirs.list, { ...one, tag: ofOne }],
            tags: { ofOther, ofOne },
          };
        }),
      ),
    part: ({ one, other, now, step }) =>
      orDown(() =>
        change(store, one, other, now, step, (mine, theirs) => {
          const tags = { ofOther: tagIn(mine, other), ofOne: tagIn(theirs, one) };
          if (tags.ofOther === 0) return { refused: 'no_friend' as const };
          return {
            mine: mine.list.filter(({ id }) => id !== other),
            theirs: theirs.list.filter(({ id }) => id !== one),
            tags,
          };
        }),
      ),
  };
}

type Plan<R extends string> =
  | { readonly refused: R }
  | { readonly mine: readonly Entry[]; readonly theirs: readonly Entry[]; readonly tags: Tags };

/** Changes both lists in one transaction, as they are at that moment. */
async function change<R extends string>(
  store: Store,
  one: string,
  other: string,
  now: number,
  step: string,
  plan: (mine: List, theirs: List) => Plan<R>,
): Promise<({ readonly code: 'ok' } & Tags) | { readonly code: R }> {
  const receipt = { turnId: step, step: 'messenger' };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [mine, theirs] = await Promise.all([read(store, one), read(store, other)]);
    const planned = plan(mine, theirs);
    if ('refused' in planned) {
      const earlier = await readReceipt(store, receipt);
      if (earlier === null) return { code: planned.refused };
      return { code: 'ok', ...(earlier.outcome as unknown as Tags) };
    }
    const writes = [write(mine, planned.mine, now), write(theirs, planned.theirs, now)];
    const outcome = await transactOnce(store, receipt, writes, { ...planned.tags });
    if (outcome.kind !== 'refused') return { code: 'ok', ...(outcome.outcome as unknown as Tags) };
  }
  throw new EdgeError('conflict', `the friends of ${one} and ${other} change all the time`, { one, other });
}

/** What the messenger family does in the tables. */
export const FRIENDS_KEYS: TableGrants = { world: { 'friends#*': ['read', 'write'] } };

function keyOf(characterId: string): Key {
  return { pk: `friends#${characterId}`, sk: 'list' };
}

async function read(store: Store, characterId: string): Promise<List> {
  const item = await store.get('world', keyOf(characterId));
  if (item === null) return { characterId, version: 0, list: [] };
  return { characterId, version: item.version as number, list: item.list as unknown as readonly Entry[] };
}

function write(before: List, list: readonly Entry[], now: number): Write {
  const { characterId, version } = before;
  const item: Item = { ...keyOf(characterId), schema: 1, version: version + 1, list };
  return {
    kind: 'put',
    table: 'world',
    item,
    when: version === 0 ? absent(now) : equals('version', version),
  };
}

function tagIn({ list }: List, id: string): number {
  return list.find((entry) => entry.id === id)?.tag ?? 0;
}

/** One above the highest, so that a tag does not soon mean somebody else; after the last one the lowest that is free. */
function freeTag({ list }: List): number {
  const used = new Set(list.map(({ tag }) => tag));
  const next = Math.max(0, ...used) + 1;
  if (next <= TAGS) return next;
  let tag = 1;
  while (used.has(tag)) tag += 1;
  return tag;
}
