import type { ServiceImpl } from '@connectrpc/connect';
import type { WorldService as Rpc } from '../../proto/world.generated.ts';
import type { WorldService } from '../../world.ts';
import { callIn } from '../wire/message.ts';
import { outcomeOut } from '../wire/outcome.ts';
import { WORLD_REFUSALS } from '../wire/world.ts';
import { told } from './unary.ts';

/** A world service behind gRPC. */
export function worldRoutes(world: WorldService): ServiceImpl<typeof Rpc> {
  return {
    allocateObject: async ({ call, map, characterId, connectionId, epoch }) => {
      const request = { ...callIn(call), map, characterId, connectionId, epoch: Number(epoch) };
      const outcome = await told(world.allocateObject(request));
      return { outcome: outcomeOut(outcome, ({ objectId }) => ({ objectId }), WORLD_REFUSALS) };
    },
    freeObject: async ({ map, objectId, characterId, now }) => {
      await told(world.freeObject({ map, objectId, characterId, now: Number(now) }));
      return {};
    },
    findObject: async ({ map, objectId }) => {
      const outcome = await told(world.findObject({ map, objectId }));
      const holder = ({ characterId, connectionId }: { characterId: string; connectionId: string }) => ({
        characterId,
        connectionId,
      });
      return { outcome: outcomeOut(outcome, holder, WORLD_REFUSALS) };
    },
  };
}
