import { packet } from '../../../shared/kit/index.ts';
import type { Text } from '../../../shared/protocol/index.ts';
import { chosen } from '../chosen.ts';
import { reasonOf } from '../reason.ts';
import type { CharacterPacket } from '../sections.ts';

/** The remaining time that means a refusal. */
const REFUSED = 0xffff_ffff;

/** Marks a character for deletion in 24 hours, or takes the mark back. */
export const deleteCharReq: CharacterPacket<'CLI_DELETE_CHAR_REQ'> = async (context, payload) => {
  const { userId, now } = context;
  const character = chosen(context, payload.charId, payload.name);
  if (userId === null || character === undefined) return refused(payload.name, 'unknown_character');
  const { characters } = context.services;
  const call = { userId, characterId: character.id, now, step: context.step('delete') };
  if (payload.isDelete === 0) {
    const outcome = await characters.restore(call);
    return outcome.code === 'ok'
      ? { replies: [deleteReply(0, payload.name)] }
      : refused(payload.name, reasonOf(context, outcome));
  }
  const outcome = await characters.remove(call);
  if (outcome.code !== 'ok') return refused(payload.name, reasonOf(context, outcome));
  return { replies: [deleteReply(outcome.remainingSeconds, payload.name)] };
};

function refused(name: Text, reason: string) {
  return { replies: [deleteReply(REFUSED, name)], refused: reason };
}

function deleteReply(remainingTime: number, name: Text) {
  return packet('SRV_DELETE_CHAR_REPLY', { remainingTime, name });
}
