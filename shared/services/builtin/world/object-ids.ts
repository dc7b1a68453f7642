import { createHash } from 'node:crypto';
import {
  allOf,
  type Condition,
  equals,
  exists,
  type Item,
  type Key,
  lacks,
  type Store,
} from '../../../store/index.ts';

/** Ids below are those of static NPCs, 0 is none. */
export const FIRST_OBJECT_ID = 1024;
const LAST_OBJECT_ID = 65_535;
/** Milliseconds after its freeing in which an id is not given out again, so that no late packet means another object. */
export const REST = 60_000;

/** An object id in use, or at rest. Table `world`, pk `map#<map>`, sk `object#<five digits>`. */
export interface ObjectItem extends Item {
  /** The character, or the address of the actor, that has it. */
  readonly characterId: string;
  readonly connectionId: string;
  readonly epoch: number;
  /** The step that took it: a retry finds its own. */
  readonly step: string;
  /** 0 in use, else milliseconds since 1970 from which on it is free. */
  readonly freeAfter: number;
}

export function objectItemKey(map: number, objectId: number): Key {
  return { pk: `map#${map}`, sk: `object#${String(objectId).padStart(5, '0')}` };
}

/** The n-th id that a step tries: random to everyone else, the same when the step is repeated. */
export function candidate(step: string, n: number): number {
  const dice = createHash('sha256').update(`${step}#${n}`).digest().readUInt32LE(0);
  return FIRST_OBJECT_ID + (dice % (LAST_OBJECT_ID - FIRST_OBJECT_ID + 1));
}

/** Free, or taken by this very step. */
export function free(step: string, now: number): Condition {
  return {
    expression: '(attribute_not_exists(#pk) OR (#freeAfter > :zero AND #freeAfter <= :now) OR #step = :step)',
    names: { '#pk': 'pk', '#freeAfter': 'freeAfter', '#step': 'step' },
    values: { ':zero': 0, ':now': now, ':step': step },
  };
}

/** Lays an id to rest if this character has it; `epoch` limits that to what it had in an epoch that is over. */
export async function layToRest(
  store: Store,
  key: Key,
  owner: { readonly characterId: string; readonly epoch?: number },
  now: number,
): Promise<void> {
  const freeAfter = now + REST;
  const own = allOf(exists, equals('characterId', owner.characterId), equals('freeAfter', 0));
  const when = owner.epoch === undefined ? own : allOf(own, equals('epoch', owner.epoch), lacks('expires'));
  const expires = Math.ceil(freeAfter / 1000);
  // Refused means that it is not the character's own any more: then there is nothing to do.
  await store.update('world', key, { set: { freeAfter, expires } }, when);
}
