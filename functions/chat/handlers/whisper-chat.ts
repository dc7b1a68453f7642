import { admit } from '../admit.ts';
import type { ChatPacket } from '../sections.ts';
import { serverWhisper } from '../server-whisper.ts';
import { notOnline, WHISPER } from '../whispers.ts';

/** What a character's name can be: for anything else the store is not asked. */
const NAME = /^[a-zA-Z0-9]{2,24}$/;

/** Whispered: to one character by name, wherever it is. Its own handler delivers it; nobody there comes back as undeliverable. */
export const whisperChat: ChatPacket<'CLI_WHISPER_CHAT'> = async (context, { target, message }) => {
  const { character } = context.sections;
  if (character === undefined) return { refused: 'not_in_world' };
  const admission = admit(context, message);
  if ('refusal' in admission) return admission.refusal;
  const state = { sections: { chat: admission.chat } };
  if (typeof target !== 'string' || !NAME.test(target)) {
    return { state, replies: [serverWhisper('Nobody has such a name.')], refused: 'unknown_target' };
  }
  const found = await context.services.characters.findByName({ name: target, now: context.now });
  if (found.code === 'unknown_character')
    return { state, replies: [notOnline(target)], refused: 'unknown_target' };
  if (found.code !== 'ok') {
    const failed = serverWhisper('The whisper could not be sent. Try again in a moment.');
    return { state, replies: [failed], refused: 'service_down' };
  }
  const payload = { sender: character.name, target: found.name, message };
  return { state, signals: [{ to: `character/${found.id}`, name: WHISPER, payload }] };
};
