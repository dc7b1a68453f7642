import type { ServiceImpl } from '@connectrpc/connect';
import type { CharacterService } from '../../character.ts';
import type { CharacterService as Rpc } from '../../proto/character.generated.ts';
import { CHARACTER_REFUSALS, summaryOut } from '../wire/character.ts';
import { callIn } from '../wire/message.ts';
import { doneOut, outcomeOut } from '../wire/outcome.ts';
import { economyRoutes } from './economy.ts';
import { told } from './unary.ts';

/** A character service behind gRPC. */
export function characterRoutes(characters: CharacterService): ServiceImpl<typeof Rpc> {
  return {
    ...economyRoutes(characters),
    list: async ({ userId, now }) => ({
      characters: (await told(characters.list({ userId, now: Number(now) }))).characters.map(summaryOut),
    }),
    create: async ({ call, userId, right, name, race, face, hair }) => {
      const request = { ...callIn(call), userId, right, name, race, face, hair };
      const outcome = await told(characters.create(request));
      return { outcome: outcomeOut(outcome, ({ id }) => ({ id }), CHARACTER_REFUSALS) };
    },
    remove: async ({ call, userId, characterId }) => {
      const outcome = await told(characters.remove({ ...callIn(call), userId, characterId }));
      return {
        outcome: outcomeOut(outcome, ({ remainingSeconds }) => ({ remainingSeconds }), CHARACTER_REFUSALS),
      };
    },
    restore: async ({ call, userId, characterId }) =>
      doneOut(await told(characters.restore({ ...callIn(call), userId, characterId })), CHARACTER_REFUSALS),
    playable: async ({ userId, characterId, now }) => {
      const outcome = await told(characters.playable({ userId, characterId, now: Number(now) }));
      return { outcome: outcomeOut(outcome, ({ name }) => ({ name }), CHARACTER_REFUSALS) };
    },
    findByName: async ({ name, now }) => {
      const outcome = await told(characters.findByName({ name, now: Number(now) }));
      return {
        outcome: outcomeOut(
          outcome,
          (found) => ({ id: found.id, name: found.name, userId: found.userId }),
          CHARACTER_REFUSALS,
        ),
      };
    },
  };
}
