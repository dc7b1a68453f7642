import { QUESTION, QUESTIONS, SIGNALS } from '../names.ts';
import { ownOf, senderOf, tellStatus, withFriend, withoutFriend } from '../own.ts';
import { deletedPacket, friendPacket, namePacket } from '../packets.ts';
import type { MessengerSignal } from '../sections.ts';

/** Somebody wants to be a friend. */
export const ask: MessengerSignal = (context, { name, target }, message) => {
  const own = ownOf(context);
  const id = message.from.characterId;
  if (typeof name !== 'string' || id === null) return { refused: 'bad_signal' };
  const decline = {
    signals: [
      { to: `character/${id}`, name: SIGNALS.answer, payload: { name: target ?? '', says: 'decline' } },
    ],
  };
  if (own === undefined || senderOf(own, id) !== undefined) return decline;
  const waiting = (own.section.asking ?? []).filter((one) => one.until > context.now);
  if (waiting.some((one) => one.id === id) || waiting.length >= QUESTIONS) return decline;
  const asking = [...waiting, { id, name, until: context.now + QUESTION }];
  return {
    state: { sections: { messenger: { ...own.section, asking } } },
    replies: [namePacket('addRequest', name)],
  };
};

/** Whom one asked does not want, or cannot be asked. */
export const answer: MessengerSignal = (_context, { name, says }) => {
  if (typeof name !== 'string') return { refused: 'bad_signal' };
  return { replies: [namePacket(says === 'addReject' ? 'addReject' : 'decline', name)] };
};

/** Whom one asked is a friend now. It is told how one is. */
export const made: MessengerSignal = (context, { name, tag, status }, message) => {
  const own = ownOf(context);
  const id = message.from.characterId;
  if (own === undefined || id === null) return {};
  if (typeof name !== 'string' || typeof tag !== 'number' || typeof status !== 'number')
    return { refused: 'bad_signal' };
  const friend = { id, name, tag, status };
  return {
    state: { sections: { messenger: withFriend(own, friend) } },
    replies: [friendPacket(friend)],
    signals: tellStatus(own.section.self, [friend], own.section.status, false),
  };
};

/** A friend does not want to be one any more. */
export const parted: MessengerSignal = (context, _payload, message) => {
  const own = ownOf(context);
  const friend = own === undefined ? undefined : senderOf(own, message.from.characterId);
  if (own === undefined || friend === undefined) return {};
  return {
    state: { sections: { messenger: withoutFriend(own, friend.id) } },
    replies: [deletedPacket(friend.tag)],
  };
};
