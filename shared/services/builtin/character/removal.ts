import { EdgeError } from '../../../errors/edge-error.ts';
import type { Store } from '../../../store/index.ts';
import type { CharacterKey } from '../../character.ts';
import { currentRoster } from './finalise.ts';
import { nameItemKey, ownName, type RosterEntry, rosterWrite } from './roster.ts';

/** Milliseconds from the request to delete until the character is gone. */
export const GRACE = 24 * 60 * 60 * 1000;
const ATTEMPTS = 8;

/** Seconds until the end of the time of grace, 0 when the character is not being deleted. */
export function remainingSeconds(entry: { readonly removeAt: number }, now: number): number {
  return entry.removeAt === 0 ? 0 : Math.max(1, Math.ceil((entry.removeAt - now) / 1000));
}

/** Sets when a character goes (`change` is given the present time, 0 never); null when the account has no such character. */
export async function setRemoval(
  store: Store,
  key: CharacterKey,
  now: number,
  change: (removeAt: number) => number,
): Promise<RosterEntry | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const roster = await currentRoster(store, key.userId, now);
    const entry = roster.list.find(({ id }) => id === key.characterId);
    if (entry === undefined) return null;
    const removeAt = change(entry.removeAt);
    if (removeAt === entry.removeAt) return entry;
    const changed = { ...entry, removeAt };
    const list = roster.list.map((one) => (one.id === entry.id ? changed : one));
    const outcome = await store.transact([
      rosterWrite(roster, list, now),
      {
        kind: 'update',
        table: 'characters',
        key: nameItemKey(entry.name),
        set: { removeAt },
        when: ownName(entry.id),
      },
    ]);
    if (outcome.kind === 'done') return changed;
  }
  throw new EdgeError('conflict', `the characters of user ${key.userId} change all the time`, {
    userId: key.userId,
  });
}
