import type { Text } from '../../../shared/protocol/index.ts';
import { PACE, SIGNALS } from '../names.ts';
import { ownOf } from '../own.ts';
import type { MessengerPacket } from '../sections.ts';

const LONGEST_MESSAGE = 255;

/** To one friend, wherever it is. */
export const messengerChat: MessengerPacket<'CLI_MESSENGER_CHAT'> = (context, { tag, message }) => {
  const own = ownOf(context);
  if (own === undefined) return { refused: 'not_in_world' };
  const friend = own.friends.find((one) => one.tag === tag);
  if (friend === undefined) return { refused: 'no_friend' };
  const length = byteLength(message);
  if (length === 0 || length > LONGEST_MESSAGE) return { refused: 'bad_length' };
  const said = (own.section.said ?? []).filter((time) => time > context.now - PACE.span);
  if (said.length >= PACE.messages) return { refused: 'too_fast' };
  return {
    state: { sections: { messenger: { ...own.section, said: [...said, context.now] } } },
    signals: [{ to: `character/${friend.id}`, name: SIGNALS.chat, payload: { message } }],
  };
};

function byteLength(text: Text): number {
  return typeof text === 'string' ? Buffer.byteLength(text, 'utf8') : text.$hex.length / 2;
}
