import { createCharacterService } from '../../shared/services/builtin/index.ts';
import type { Store } from '../../shared/store/index.ts';

interface Owner {
  /** The name of the character unless said. */
  readonly userId?: string;
  readonly right?: number;
}

/** Makes a character, as the lobby does; returns its id. */
export async function makeCharacter(
  store: Store,
  name: string,
  now: number,
  { userId = name, right = 1 }: Owner = {},
): Promise<string> {
  const facts = { userId, right, name, race: 0, face: 1, hair: 1 };
  const made = await createCharacterService(store).create({ ...facts, now, step: `make-${name}` });
  if (made.code !== 'ok') throw new Error(`${name} could not be made: ${made.code}`);
  return made.id;
}
