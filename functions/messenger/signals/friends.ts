import type { Json } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { Text } from '../../../shared/protocol/index.ts';
import { SIGNALS } from '../names.ts';
import { ownOf, senderOf, tellStatus, withFriend } from '../own.ts';
import { namePacket, statusPacket } from '../packets.ts';
import type { MessengerSignal } from '../sections.ts';

/** A friend has come, gone, or says something else of itself. */
export const status: MessengerSignal = (context, { id, status: value, reply }) => {
  const own = ownOf(context);
  // Not by who sent it: a connection that closes may have given its character up before.
  const friend = own === undefined || typeof id !== 'string' ? undefined : senderOf(own, id);
  if (own === undefined || friend === undefined || typeof value !== 'number') return {};
  const told = friend.status === value ? [] : [statusPacket(friend.tag, friend.status, value)];
  return {
    state: { sections: { messenger: withFriend(own, { ...friend, status: value }) } },
    replies: told,
    signals: reply === true ? tellStatus(own.section.self, [friend], own.section.status, false) : [],
  };
};

/** A friend writes. */
export const chat: MessengerSignal = (context, { message }, signal) => {
  const own = ownOf(context);
  const friend = own === undefined ? undefined : senderOf(own, signal.from.characterId);
  const text = textOf(message);
  if (friend === undefined || text === undefined) return { refused: 'no_friend' };
  return { replies: [packet('SRV_MESSENGER_CHAT', { tag: friend.tag, message: text })] };
};

/** Who was written to, or asked, is not online. */
export const undeliverable: MessengerSignal = (context, { to, name, payload }) => {
  const own = ownOf(context);
  if (own === undefined || typeof to !== 'string') return {};
  if (name === SIGNALS.ask) {
    const target =
      typeof payload === 'object' && payload !== null && 'target' in payload ? payload.target : '';
    return {
      replies: [namePacket('notFound', typeof target === 'string' ? target : '')],
      refused: 'target_offline',
    };
  }
  if (name !== SIGNALS.chat) return {};
  const friend = senderOf(own, to.slice('character/'.length));
  if (friend === undefined) return {};
  return {
    state: { sections: { messenger: withFriend(own, { ...friend, status: 0 }) } },
    replies: [statusPacket(friend.tag, friend.status, 0)],
    refused: 'target_offline',
  };
};

function textOf(value: Json | undefined): Text | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('$hex' in value)) return undefined;
  const { $hex } = value;
  return typeof $hex === 'string' ? { $hex } : undefined;
}
