import { packet } from '../../../shared/kit/index.ts';
import { parseCell } from '../../../shared/world/geometry/grid.ts';
import { cellTopic } from '../../../shared/world/topics.ts';
import { admit } from '../admit.ts';
import { COMMAND, UNKNOWN_COMMAND } from '../commands.ts';
import type { ChatPacket } from '../sections.ts';
import { isCommand } from '../text.ts';

/** Said aloud: to everyone who sees the speaker, and to the speaker. What begins with a slash goes to the operators' family. */
export const normalChat: ChatPacket<'CLI_NORMAL_CHAT'> = (context, { message }) => {
  const { presence } = context.sections;
  const cell = presence?.visible === true ? parseCell(presence.cell) : undefined;
  if (presence === undefined || cell === undefined) return { refused: 'not_in_world' };
  const admission = admit(context, message);
  if ('refusal' in admission) return admission.refusal;
  const state = { sections: { chat: admission.chat } };
  if (isCommand(message)) {
    // Bytes that are no text are no command either.
    if (typeof message !== 'string') return { state, ...UNKNOWN_COMMAND };
    return { state, signals: [{ to: 'self', name: COMMAND, payload: { text: message } }] };
  }
  const said = packet('SRV_NORMAL_CHAT', { charId: presence.objectId, message });
  return { state, deliveries: [{ to: cellTopic(presence.map, cell), packets: [said] }] };
};
