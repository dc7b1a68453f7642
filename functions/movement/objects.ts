import type { PresenceSection } from '../../shared/sections/index.ts';
import type { MovementContext } from './sections.ts';

/** An object id, or why there is none. */
export type ObjectAnswer = { readonly objectId: number } | { readonly refused: 'map_full' | 'service_down' };

/** An object id on a map for the acting character. */
export async function obtainObject(context: MovementContext, map: number): Promise<ObjectAnswer> {
  const { characterId, connection, epoch, now, services } = context;
  if (characterId === null) throw new TypeError('no character is owned');
  const outcome = await services.world.allocateObject({
    map,
    characterId,
    connectionId: connection.id,
    epoch,
    now,
    step: context.step(`object/${map}`),
  });
  if (outcome.code === 'ok') return { objectId: outcome.objectId };
  context.log.warn('no object id', { map, code: outcome.code });
  return { refused: outcome.code === 'map_full' ? 'map_full' : 'service_down' };
}

/** Gives an object id back. One that could not be given back is freed when its character next asks for one. */
export async function returnObject(context: MovementContext, presence: PresenceSection): Promise<void> {
  const { characterId, now, services } = context;
  if (characterId === null) return;
  const { map, objectId } = presence;
  const outcome = await services.world.freeObject({ map, objectId, characterId, now });
  if (outcome.code !== 'ok') context.log.warn('object id not freed', { map, objectId, code: outcome.code });
}
