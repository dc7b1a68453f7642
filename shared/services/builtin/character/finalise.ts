import { coreKey, type Store, type Write } from '../../../store/index.ts';
import { nameItemKey, ownName, type Roster, type RosterEntry, readRoster, rosterWrite } from './roster.ts';

/** Items of one character that a transaction removes with it; the rest of its items are removed before. */
const AT_ONCE = 90;
const ATTEMPTS = 8;

export function isOver(entry: { readonly removeAt: number }, now: number): boolean {
  return entry.removeAt > 0 && entry.removeAt <= now;
}

/**
 * The characters of an account after those whose time of grace is over were removed with all that is theirs, which frees their names.
 * Whoever meets such a character calls this; there is no clockwork behind it.
 */
export async function currentRoster(store: Store, userId: string, now: number): Promise<Roster> {
  let roster = await readRoster(store, userId);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const over = roster.list.find((entry) => isOver(entry, now));
    if (over === undefined) return roster;
    await removeForGood(store, roster, over, now);
    roster = await readRoster(store, userId);
  }
  return { ...roster, list: roster.list.filter((entry) => !isOver(entry, now)) };
}

/** In one transaction, so that a name is free exactly when its character is gone. A lost race means that somebody else did it. */
async function removeForGood(store: Store, roster: Roster, entry: RosterEntry, now: number): Promise<void> {
  const { pk } = coreKey(entry.id);
  const items = await store.query('characters', { pk });
  const removal = items.map(
    (item): Write => ({ kind: 'delete', table: 'characters', key: { pk, sk: item.sk } }),
  );
  for (let from = AT_ONCE; from < removal.length; from += AT_ONCE)
    await store.transact(removal.slice(from, from + AT_ONCE));
  await store.transact([
    rosterWrite(
      roster,
      roster.list.filter((one) => one.id !== entry.id),
      now,
    ),
    { kind: 'delete', table: 'characters', key: nameItemKey(entry.name), when: ownName(entry.id) },
    ...removal.slice(0, AT_ONCE),
  ]);
}
