import type { Store } from '../../../store/index.ts';
import type { WorldService } from '../../world.ts';
import { orDown } from '../or-down.ts';
import { allocateObject } from './allocate.ts';
import { layToRest, type ObjectItem, objectItemKey } from './object-ids.ts';

/** The world service on DynamoDB: the table `world`. */
export function createWorldService(store: Store): WorldService {
  return {
    allocateObject: (request) => orDown(() => allocateObject(store, request)),
    freeObject: ({ map, objectId, characterId, now }) =>
      orDown(async () => {
        await layToRest(store, objectItemKey(map, objectId), { characterId }, now);
        return { code: 'ok' as const };
      }),
    findObject: ({ map, objectId }) =>
      orDown(async () => {
        const item = (await store.get('world', objectItemKey(map, objectId))) as ObjectItem | null;
        if (item === null || item.freeAfter !== 0) return { code: 'unknown_object' as const };
        return { code: 'ok' as const, characterId: item.characterId, connectionId: item.connectionId };
      }),
  };
}
