import { packet } from '../../../shared/kit/index.ts';
import { chosen } from '../chosen.ts';
import { reasonOf } from '../reason.ts';
import type { CharacterPacket } from '../sections.ts';

/**
 * A ticket to the world with the chosen character. The protocol has no code for a refusal. The lobby owns no character, so there is nothing
 * to save before the client goes on.
 */
export const selectCharReq: CharacterPacket<'CLI_SELECT_CHAR_REQ'> = async (context, payload) => {
  const { userId, sessionId, now } = context;
  const character = chosen(context, payload.charId, payload.name);
  if (userId === null || sessionId === null || character === undefined)
    return { refused: 'unknown_character' };
  const { characters, auth } = context.services;
  const playable = await characters.playable({ userId, characterId: character.id, now });
  if (playable.code !== 'ok') return { refused: reasonOf(context, playable) };
  const target = { stage: 'world', characterId: character.id } as const;
  const issued = await auth.issueTicket({ userId, sessionId, target, now, step: context.step('ticket') });
  if (issued.code === 'session_gone') return { refused: issued.code, close: { reason: 'kicked' } };
  if (issued.code !== 'ok') return { refused: reasonOf(context, issued) };
  const { host: ip, port } = context.connection.public;
  return { replies: [packet('SRV_SWITCH_SERVER', { port, sessionId: issued.ticket, sessionSeed: 0, ip })] };
};
