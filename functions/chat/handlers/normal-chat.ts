import { packet } from '../../../shared/kit/index.ts';
import { parseCell } from '../../../shared/world/geometry/grid.ts';
import { cellTopic } from '../../../shared/world/topics.ts';
import { admit } from '../admit.ts';
import type { ChatPacket } from '../sections.ts';
import { serverWhisper } from '../server-whisper.ts';
import { isCommand } from '../text.ts';

/** Said aloud: to everyone who sees the speaker, and to the speaker. */
export const normalChat: ChatPacket<'CLI_NORMAL_CHAT'> = (context, { message }) => {
  const { presence } = context.sections;
  const cell = presence?.visible === true ? parseCell(presence.cell) : undefined;
  if (presence === undefined || cell === undefined) return { refused: 'not_in_world' };
  const admission = admit(context, message);
  if ('refusal' in admission) return admission.refusal;
  const state = { sections: { chat: admission.chat } };
  if (isCommand(message)) {
    return { state, replies: [serverWhisper('Unknown command.')], refused: 'unknown_command' };
  }
  const said = packet('SRV_NORMAL_CHAT', { charId: presence.objectId, message });
  return { state, deliveries: [{ to: cellTopic(presence.map, cell), packets: [said] }] };
};
