import type { CharacterRef } from '../../shared/contract/index.ts';
import type { Text } from '../../shared/protocol/index.ts';
import type { CharacterContext } from './sections.ts';

/** The character that a client means by its place in the list that it was last sent; undefined unless the name is the same. */
export function chosen(context: CharacterContext, index: number, name: Text): CharacterRef | undefined {
  const found = context.characters[index];
  return found?.name === name ? found : undefined;
}
