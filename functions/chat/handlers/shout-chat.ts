import { packet } from '../../../shared/kit/index.ts';
import { mapTopic } from '../../../shared/world/topics.ts';
import { admit } from '../admit.ts';
import type { ChatPacket } from '../sections.ts';

/** Shouted: to everyone on the map. */
export const shoutChat: ChatPacket<'CLI_SHOUT_CHAT'> = (context, { message }) => {
  const { presence, character } = context.sections;
  if (presence?.visible !== true || character === undefined) return { refused: 'not_in_world' };
  const admission = admit(context, message, true);
  if ('refusal' in admission) return admission.refusal;
  const shouted = packet('SRV_SHOUT_CHAT', { sender: character.name, message });
  return {
    state: { sections: { chat: admission.chat } },
    deliveries: [{ to: mapTopic(presence.map), packets: [shouted] }],
  };
};
