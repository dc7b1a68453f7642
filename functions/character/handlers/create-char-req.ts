import { packet } from '../../../shared/kit/index.ts';
import { CreateCharResult } from '../../../shared/protocol/packets.generated.ts';
import type { CreateRefusal } from '../../../shared/services/index.ts';
import { reasonOf } from '../reason.ts';
import type { CharacterPacket } from '../sections.ts';

const CODES: Readonly<Record<CreateRefusal, CreateCharResult>> = {
  name_taken: CreateCharResult.NAME_TAKEN,
  invalid_value: CreateCharResult.INVALID_VALUE,
  too_many_characters: CreateCharResult.TOO_MANY_CHARS,
  blocked: CreateCharResult.BLOCKED,
};

/** What a creation is answered with. */
export function createReply(result: CreateCharResult) {
  return packet('SRV_CREATE_CHAR_REPLY', { result });
}

/** Makes a character and puts it at the end of the list. Stone, weapon and zone are ignored. */
export const createCharReq: CharacterPacket<'CLI_CREATE_CHAR_REQ'> = async (context, payload) => {
  const { userId, now } = context;
  if (userId === null) return { replies: [createReply(CreateCharResult.FAILED)], refused: 'not_logged_in' };
  const { race, face, hair } = payload;
  // Bytes that are no text are no name either.
  const name = typeof payload.name === 'string' ? payload.name : '';
  const right = context.sections.session?.right ?? 1;
  const request = { userId, right, name, race, face, hair, now, step: context.step('create') };
  const outcome = await context.services.characters.create(request);
  if (outcome.code === 'ok') {
    return {
      state: { characters: [...context.characters, { id: outcome.id, name }] },
      replies: [createReply(CreateCharResult.OK)],
    };
  }
  const reason = reasonOf(context, outcome);
  const result = outcome.code === 'down' ? CreateCharResult.FAILED : CODES[outcome.code];
  return { replies: [createReply(result)], refused: reason };
};
