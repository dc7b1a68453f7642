import { randomBytes } from 'node:crypto';
import { EdgeError } from '../../../errors/edge-error.ts';
import { absent, readReceipt, type Store, transactOnce } from '../../../store/index.ts';
import type { CreateRefusal, CreateRequest } from '../../character.ts';
import { currentRoster, isOver } from './finalise.ts';
import { isBlockedName, isCharacterName } from './names.ts';
import { mayLookSo, newCharacterItems } from './new-character.ts';
import { nameItemKey, readName, rosterWrite } from './roster.ts';

/** Characters of one account. */
export const MAX_CHARACTERS = 5;
const ATTEMPTS = 8;

export type CreateOutcome = { readonly code: 'ok'; readonly id: string } | { readonly code: CreateRefusal };

/**
 * Makes a character in one transaction: its name, its items, its line in the account's list. Of two that want one name in the same
 * moment one gets it.
 */
export async function create(store: Store, request: CreateRequest): Promise<CreateOutcome> {
  const receipt = { turnId: request.step, step: 'create-character' };
  const earlier = await readReceipt(store, receipt);
  if (earlier !== null) return { code: 'ok', id: String(earlier.outcome) };
  if (!isCharacterName(request.name) || !mayLookSo(request)) return { code: 'invalid_value' };
  if (isBlockedName(request.name)) return { code: 'blocked' };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const roster = await currentRoster(store, request.userId, request.now);
    if (roster.list.length >= MAX_CHARACTERS) return { code: 'too_many_characters' };
    if (await isTaken(store, request.name, request.now)) return { code: 'name_taken' };
    const id = randomBytes(8).toString('hex');
    const { userId, name, now } = request;
    const { core, inventory } = newCharacterItems(id, request, () => randomBytes(8).toString('hex'));
    const nameItem = { ...nameItemKey(name), characterId: id, userId, name, removeAt: 0 };
    const outcome = await transactOnce(
      store,
      receipt,
      [
        { kind: 'put', table: 'characters', item: nameItem, when: absent(now) },
        { kind: 'put', table: 'characters', item: core, when: absent(now) },
        { kind: 'put', table: 'characters', item: inventory, when: absent(now) },
        rosterWrite(roster, [...roster.list, { id, name, removeAt: 0 }], now),
      ],
      id,
    );
    if (outcome.kind !== 'refused') return { code: 'ok', id: String(outcome.outcome) };
  }
  throw new EdgeError('conflict', `the characters of user ${request.userId} change all the time`, {
    userId: request.userId,
  });
}

/** Whether somebody has the name; one whose time of grace is over loses it now. */
async function isTaken(store: Store, name: string, now: number): Promise<boolean> {
  const holder = await readName(store, name);
  if (holder === null) return false;
  if (!isOver(holder, now)) return true;
  await currentRoster(store, holder.userId, now);
  return (await readName(store, name)) !== null;
}
