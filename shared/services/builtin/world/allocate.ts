import { coreKey, type Item, isActor, type Store } from '../../../store/index.ts';
import type { ObjectRequest } from '../../world.ts';
import { candidate, free, layToRest, type ObjectItem, objectItemKey } from './object-ids.ts';

/** Ids tried before a map counts as full. */
const PROBES = 64;

export type AllocateOutcome =
  | { readonly code: 'ok'; readonly objectId: number }
  | { readonly code: 'map_full' };

/** Which id a character has. Table `world`, pk `holder#<character id>`, sk `object`. */
interface HolderItem extends Item {
  readonly map: number;
  readonly objectId: number;
}

/** Takes a free id by a conditional write. One that the character had before, and that a crash left in use, is laid to rest. */
export async function allocateObject(store: Store, request: ObjectRequest): Promise<AllocateOutcome> {
  const { map, characterId, connectionId, epoch, step, now } = request;
  for (let n = 0; n < PROBES; n += 1) {
    const objectId = candidate(step, n);
    const key = objectItemKey(map, objectId);
    const item: ObjectItem = { ...key, characterId, connectionId, epoch, step, freeAfter: 0 };
    const outcome = await store.put('world', item, free(step, now));
    if (outcome.kind === 'done') {
      // An actor has many.
      if (!isActor(characterId)) await remember(store, request, objectId);
      return { code: 'ok', objectId };
    }
    if (outcome.current !== null) await restIfDead(store, outcome.current as ObjectItem, now);
  }
  return { code: 'map_full' };
}

async function remember(store: Store, request: ObjectRequest, objectId: number): Promise<void> {
  const { map, characterId, now } = request;
  const key = { pk: `holder#${characterId}`, sk: 'object' };
  const before = (await store.get('world', key)) as HolderItem | null;
  if (before !== null && (before.map !== map || before.objectId !== objectId)) {
    await layToRest(store, objectItemKey(before.map, before.objectId), { characterId }, now);
  }
  await store.put('world', { ...key, map, objectId });
}

/** The holder of an id has gone on to another epoch (or is gone for good): a crash left the id in use. */
async function restIfDead(store: Store, item: ObjectItem, now: number): Promise<void> {
  if (item.freeAfter !== 0) return;
  const core = await store.get('characters', coreKey(item.characterId));
  if (core !== null && typeof core.epoch === 'number' && core.epoch <= item.epoch) return;
  const { pk, sk, characterId, epoch } = item;
  await layToRest(store, { pk, sk }, { characterId, epoch }, now);
}
