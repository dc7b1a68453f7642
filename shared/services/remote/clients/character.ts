import type { CharacterService } from '../../character.ts';
import { CharacterService as Rpc } from '../../proto/character.generated.ts';
import { CHARACTER_CALLS } from '../calls.ts';
import { openChannel } from '../channel.ts';
import type { RemoteCall } from '../guarded-call.ts';
import type { RemoteTarget } from '../target.ts';
import { CHARACTER_REFUSALS, summaryIn } from '../wire/character.ts';
import { callOut, timeOut } from '../wire/message.ts';
import { doneIn, outcomeIn } from '../wire/outcome.ts';
import { economyClient } from './economy.ts';

/** The character service at the other end of a connection of its own. */
export function connectCharacters(target: RemoteTarget): CharacterService {
  return characterClient(openChannel(target, CHARACTER_CALLS));
}

function characterClient(call: RemoteCall): CharacterService {
  const { method } = Rpc;
  return {
    ...economyClient(call),
    list: ({ userId, now }) =>
      call(method.list, { userId, now: timeOut(now) }, ({ characters }) => ({
        code: 'ok',
        characters: characters.map(summaryIn),
      })),
    create: ({ userId, right, name, race, face, hair, ...rest }) =>
      call(method.create, { call: callOut(rest), userId, right, name, race, face, hair }, ({ outcome }) =>
        outcomeIn(outcome, ({ id }) => ({ id }), CHARACTER_REFUSALS, [
          'name_taken',
          'invalid_value',
          'too_many_characters',
          'blocked',
        ]),
      ),
    remove: ({ userId, characterId, ...rest }) =>
      call(method.remove, { call: callOut(rest), userId, characterId }, ({ outcome }) =>
        outcomeIn(outcome, ({ remainingSeconds }) => ({ remainingSeconds }), CHARACTER_REFUSALS, [
          'unknown_character',
        ]),
      ),
    restore: ({ userId, characterId, ...rest }) =>
      call(method.restore, { call: callOut(rest), userId, characterId }, ({ refused }) =>
        doneIn(refused, CHARACTER_REFUSALS, ['unknown_character']),
      ),
    playable: ({ userId, characterId, now }) =>
      call(method.playable, { userId, characterId, now: timeOut(now) }, ({ outcome }) =>
        outcomeIn(outcome, ({ name }) => ({ name }), CHARACTER_REFUSALS, [
          'unknown_character',
          'being_deleted',
        ]),
      ),
    findByName: ({ name, now }) =>
      call(method.findByName, { name, now: timeOut(now) }, ({ outcome }) =>
        outcomeIn(
          outcome,
          (found) => ({ id: found.id, name: found.name, userId: found.userId }),
          CHARACTER_REFUSALS,
          ['unknown_character'],
        ),
      ),
  };
}
