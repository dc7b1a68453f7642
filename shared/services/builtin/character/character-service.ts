import type { Store } from '../../../store/index.ts';
import type { CharacterService } from '../../character.ts';
import { createEconomy } from '../economy/economy-service.ts';
import { orDown } from '../or-down.ts';
import { create } from './create.ts';
import { isOver } from './finalise.ts';
import { list } from './list.ts';
import { GRACE, remainingSeconds, setRemoval } from './removal.ts';
import { readName, readRoster } from './roster.ts';

/** The character service on DynamoDB: the tables `characters`, `accounts`, `world` (the ground) and `sessions` (receipts). */
export function createCharacterService(store: Store): CharacterService {
  return {
    ...createEconomy(store),
    list: ({ userId, now }) =>
      orDown(async () => ({ code: 'ok' as const, characters: await list(store, userId, now) })),
    create: (request) => orDown(() => create(store, request)),
    remove: (request) =>
      orDown(async () => {
        const begun = (removeAt: number) => (removeAt === 0 ? request.now + GRACE : removeAt);
        const entry = await setRemoval(store, request, request.now, begun);
        if (entry === null) return { code: 'unknown_character' as const };
        return { code: 'ok' as const, remainingSeconds: remainingSeconds(entry, request.now) };
      }),
    restore: (request) =>
      orDown(async () => {
        const entry = await setRemoval(store, request, request.now, () => 0);
        return { code: entry === null ? ('unknown_character' as const) : ('ok' as const) };
      }),
    playable: ({ userId, characterId, now }) =>
      orDown(async () => {
        const roster = await readRoster(store, userId);
        const entry = roster.list.find(({ id }) => id === characterId);
        if (entry === undefined || isOver(entry, now)) return { code: 'unknown_character' as const };
        return entry.removeAt > 0
          ? { code: 'being_deleted' as const }
          : { code: 'ok' as const, name: entry.name };
      }),
    findByName: ({ name, now }) =>
      orDown(async () => {
        const holder = await readName(store, name);
        // Whoever wants the name removes a character whose time is over; asking who has it changes nothing.
        if (holder === null || isOver(holder, now)) return { code: 'unknown_character' as const };
        return { code: 'ok' as const, id: holder.characterId, name: holder.name, userId: holder.userId };
      }),
  };
}
