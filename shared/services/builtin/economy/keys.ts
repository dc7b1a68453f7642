import { coreKey, type Key } from '../../../store/index.ts';

/** Table `characters`. */
export function inventoryKey(characterId: string): Key {
  return { pk: coreKey(characterId).pk, sk: 'inventory' };
}

/** Table `characters`. */
export function bankKey(characterId: string): Key {
  return { pk: coreKey(characterId).pk, sk: 'bank' };
}

/** Begin of the sort keys of a character's messages, table `characters`. */
export const MAIL = 'mail#';

export function mailKey(characterId: string, id: string): Key {
  return { pk: coreKey(characterId).pk, sk: MAIL + id };
}

/** Table `world`. */
export function groundKey(map: number, region: string, id: string): Key {
  return { pk: groundPartition(map, region), sk: id };
}

export function groundPartition(map: number, region: string): string {
  return `ground#${map}/${region}`;
}
