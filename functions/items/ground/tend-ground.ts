import type { ObjectChange } from '../../../shared/contract/index.ts';
import type { GroundItem } from '../../../shared/economy/index.ts';
import { parseRegionActor } from '../../../shared/world/regions.ts';
import { TEND } from '../names.ts';
import type { ItemsContext, ItemsResult } from '../sections.ts';
import { looksDifferent, placeOfLying } from './lying.ts';
import { removeForGood } from './remove-for-good.ts';

/** Milliseconds between two looks at the rows while something lies there. */
const LOOK_EVERY = 30_000;

type Shown = Readonly<Record<string, GroundItem>>;

/**
 * Brings what a region shows in line with its rows: new ones get an object id and are shown, those that are gone vanish, those past their
 * time are removed for good. `mayClose`: an actor with nothing to show, and nobody else living in it, ends.
 */
export async function tendGround(
  context: ItemsContext,
  { mayClose }: { readonly mayClose: boolean },
): Promise<ItemsResult> {
  const region = parseRegionActor(context.connection.actor);
  if (region === undefined) return { refused: 'not_a_region' };
  const { services, now } = context;
  const before: Shown = context.sections.ground?.shown ?? {};
  const read = await services.economy.onGround(region);
  if (read.code !== 'ok') {
    context.log.error('ground not read', { ...region, ...read });
    return { timers: [{ name: TEND, at: now + LOOK_EVERY }], refused: 'service_down' };
  }
  const over = read.rows.filter((row) => row.goneAt <= now);
  await removeForGood(context, over);
  const lying = new Map(read.rows.filter((row) => row.goneAt > now).map((row) => [row.id, row]));

  const shown: Record<string, GroundItem> = {};
  const objects: ObjectChange[] = [];
  for (const [objectId, row] of Object.entries(before)) {
    if (!lying.delete(row.id)) {
      objects.push(await takenAway(context, region.map, Number(objectId)));
      continue;
    }
    shown[objectId] = row;
    if (looksDifferent(row, Math.max(row.droppedAt, now - LOOK_EVERY), now))
      objects.push(shownAs(row, Number(objectId), now));
  }
  for (const row of lying.values()) {
    const objectId = await newObject(context, region.map, row.id);
    if (objectId === undefined) continue;
    shown[objectId] = row;
    objects.push(shownAs(row, objectId, now));
  }
  return { ...afterwards(context, shown, mayClose), objects };
}

function shownAs(row: GroundItem, objectId: number, now: number): ObjectChange {
  return { object: `${row.map}/${objectId}`, place: placeOfLying(row, objectId, now) };
}

/** Section, timer and end of an actor that shows these things from now on. */
export function afterwards(context: ItemsContext, shown: Shown, mayClose: boolean): ItemsResult {
  const rows = Object.values(shown);
  const state = { sections: { ground: { ...context.sections.ground, shown } } };
  if (rows.length > 0) {
    const times = rows.flatMap(({ freeAt, goneAt }) => (freeAt > context.now ? [freeAt, goneAt] : [goneAt]));
    const next = Math.min(context.now + LOOK_EVERY, ...times);
    return { state, timers: [{ name: TEND, at: next }] };
  }
  const alone = mayClose && context.sections.monsters === undefined;
  return {
    state,
    timers: [{ name: TEND, cancel: true }],
    ...(alone ? { close: { reason: 'nothing_left' } } : {}),
  };
}

/** Removes an object from sight and frees its id. */
export async function takenAway(context: ItemsContext, map: number, objectId: number): Promise<ObjectChange> {
  const { services, characterId, now } = context;
  const freed = await services.world.freeObject({ map, objectId, characterId: characterId ?? '', now });
  if (freed.code !== 'ok') context.log.warn('object id not freed', { map, objectId, ...freed });
  return { object: `${map}/${objectId}`, place: null };
}

async function newObject(context: ItemsContext, map: number, rowId: string): Promise<number | undefined> {
  const { services, characterId, connection, epoch, now } = context;
  const outcome = await services.world.allocateObject({
    map,
    characterId: characterId ?? '',
    connectionId: connection.id,
    epoch,
    now,
    // The row, not the message, names the step: however often it is shown by this actor, it has one id.
    step: `${connection.id}/ground/${rowId}`,
  });
  if (outcome.code === 'ok') return outcome.objectId;
  // It stays in its row, and is shown at the next look.
  context.log.warn('no object id for a thing on the ground', { map, row: rowId, ...outcome });
  return undefined;
}
