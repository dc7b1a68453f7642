import { type Answer, refusal } from './command.ts';
import type { OperatorsContext } from './sections.ts';

/** What a character's name can be. */
const NAME = /^[a-zA-Z0-9]{2,24}$/;

export interface Found {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
}

/** The character of a name, without case, online or not; otherwise the answer that says that there is none. */
export async function findCharacter(context: OperatorsContext, name: string): Promise<Found | Answer> {
  const unknown = refusal('unknown_character', `There is no character ${name.slice(0, 40)}.`);
  if (!NAME.test(name)) return unknown;
  const outcome = await context.services.characters.findByName({ name, now: context.now });
  if (outcome.code === 'down') {
    context.log.error('character not found', { problem: outcome.problem });
    return refusal('service_down', 'The database does not answer. Try again in a moment.');
  }
  if (!('id' in outcome)) return unknown;
  return { id: outcome.id, name: outcome.name, userId: outcome.userId };
}
