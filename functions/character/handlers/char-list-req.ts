import { packet } from '../../../shared/kit/index.ts';
import { listedItems } from '../../../shared/world/worn.ts';
import { reasonOf } from '../reason.ts';
import type { CharacterPacket } from '../sections.ts';

/** The characters of the account. Their order is what later packets mean by an index. */
export const charListReq: CharacterPacket<'CLI_CHAR_LIST_REQ'> = async (context) => {
  if (context.userId === null) return { refused: 'not_logged_in' };
  const outcome = await context.services.characters.list({ userId: context.userId, now: context.now });
  // An empty list would look as if the characters were lost.
  if (outcome.code !== 'ok') return { refused: reasonOf(context, outcome) };
  const characters = outcome.characters.map(({ name, character, inventory, remainingSeconds }) => ({
    name,
    race: character.race,
    level: character.level,
    job: character.job,
    remainSecsUntilDelete: remainingSeconds,
    face: character.face,
    hair: character.hair,
    items: listedItems(inventory),
  }));
  return {
    state: { characters: outcome.characters.map(({ id, name }) => ({ id, name })) },
    replies: [packet('SRV_CHAR_LIST_REPLY', { characters })],
  };
};
