import { WorldService as Rpc } from '../../proto/world.generated.ts';
import type { WorldService } from '../../world.ts';
import { WORLD_CALLS } from '../calls.ts';
import { openChannel } from '../channel.ts';
import type { RemoteCall } from '../guarded-call.ts';
import type { RemoteTarget } from '../target.ts';
import { callOut, timeOut } from '../wire/message.ts';
import { outcomeIn } from '../wire/outcome.ts';
import { WORLD_REFUSALS } from '../wire/world.ts';

/** The world service at the other end of a connection of its own. */
export function connectWorld(target: RemoteTarget): WorldService {
  return worldClient(openChannel(target, WORLD_CALLS));
}

function worldClient(call: RemoteCall): WorldService {
  const { method } = Rpc;
  return {
    allocateObject: ({ map, characterId, connectionId, epoch, ...rest }) =>
      call(
        method.allocateObject,
        { call: callOut(rest), map, characterId, connectionId, epoch: BigInt(epoch) },
        ({ outcome }) => outcomeIn(outcome, ({ objectId }) => ({ objectId }), WORLD_REFUSALS, ['map_full']),
      ),
    freeObject: ({ map, objectId, characterId, now }) =>
      call(method.freeObject, { map, objectId, characterId, now: timeOut(now) }, () => ({ code: 'ok' })),
    findObject: ({ map, objectId }) =>
      call(method.findObject, { map, objectId }, ({ outcome }) =>
        outcomeIn(
          outcome,
          ({ characterId, connectionId }) => ({ characterId, connectionId }),
          WORLD_REFUSALS,
          ['unknown_object'],
        ),
      ),
  };
}
