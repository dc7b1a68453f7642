import type { CharacterSection, InventorySection } from '../../../sections/index.ts';
import { contentOf, coreKey, type Store, sectionValue } from '../../../store/index.ts';
import type { CharacterSummary } from '../../character.ts';
import { inventoryKey } from '../economy/keys.ts';
import { currentRoster } from './finalise.ts';
import { remainingSeconds } from './removal.ts';

/** The lines of the character list, as the characters were last persisted. */
export async function list(store: Store, userId: string, now: number): Promise<CharacterSummary[]> {
  const roster = await currentRoster(store, userId, now);
  const keys = roster.list.flatMap(({ id }) => [coreKey(id), inventoryKey(id)]);
  const items = await store.getMany('characters', keys);
  const lines: CharacterSummary[] = [];
  for (const [index, entry] of roster.list.entries()) {
    const core = items[index * 2];
    const inventory = items[index * 2 + 1];
    const character = core ? sectionValue(core, 'character') : null;
    if (character === null || !inventory) continue;
    lines.push({
      id: entry.id,
      name: entry.name,
      character: character as unknown as CharacterSection,
      inventory: contentOf(inventory) as unknown as InventorySection,
      remainingSeconds: remainingSeconds(entry, now),
    });
  }
  return lines;
}
