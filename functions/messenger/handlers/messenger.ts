import { commandOf, type MessengerCommand } from '../command.ts';
import { LAST_STATUS, SIGNALS } from '../names.ts';
import { type Own, ownOf, tellStatus, withFriend, withoutFriend } from '../own.ts';
import { deletedPacket, friendPacket, listPacket, namePacket } from '../packets.ts';
import type { MessengerContext, MessengerPacket, MessengerResult } from '../sections.ts';

const NAME = /^[a-zA-Z0-9]{2,24}$/;

/** Friends: ask, accept, reject, delete, list, and what one says of oneself. */
export const messenger: MessengerPacket<'CLI_MESSENGER'> = (context, { body }) => {
  const own = ownOf(context);
  const command = commandOf(body);
  if (own === undefined) return { refused: 'not_in_world' };
  if (command === undefined) return { refused: 'unknown_command' };
  switch (command.kind) {
    case 'request':
      return request(context, own, command.name);
    case 'accept':
    case 'reject':
      return answer(context, own, command);
    case 'delete':
      return part(context, own, command.tag);
    case 'status':
      return status(own, command.status);
    case 'list':
      return list(context, own);
  }
};

/** As the store has them: whoever missed a signal catches up. */
async function list(context: MessengerContext, own: Own): Promise<MessengerResult> {
  const outcome = await context.services.friends.of({ characterId: own.section.self });
  if (!('list' in outcome)) {
    context.log.warn('friends not read', { ...outcome });
    return { replies: [listPacket(own.friends)], refused: 'service_down' };
  }
  const friends = outcome.list.map(({ id, name, tag }) => {
    const known = own.friends.find((friend) => friend.id === id);
    return { id, name, tag, status: known?.status ?? 0 };
  });
  const fresh = friends.filter(({ id }) => !own.friends.some((friend) => friend.id === id));
  return {
    state: { sections: { messenger: { ...own.section, friends } } },
    replies: [listPacket(friends)],
    signals: tellStatus(own.section.self, fresh, own.section.status, true),
  };
}

async function request(context: MessengerContext, own: Own, name: string): Promise<MessengerResult> {
  const refuse = (action: 'notFound' | 'decline', refused: string): MessengerResult => ({
    replies: [namePacket(action, name.slice(0, 24))],
    refused,
  });
  if (!NAME.test(name)) return refuse('notFound', 'unknown_character');
  const found = await context.services.characters.findByName({ name, now: context.now });
  if (found.code === 'down') {
    context.log.error('character not found', { problem: found.problem });
    return refuse('decline', 'service_down');
  }
  if (!('id' in found) || found.id === own.character.id) return refuse('notFound', 'unknown_character');
  if (own.friends.some(({ id }) => id === found.id)) return refuse('decline', 'already_friend');
  const payload = { name: own.character.name, target: found.name };
  return { signals: [{ to: `character/${found.id}`, name: SIGNALS.ask, payload }] };
}

async function answer(
  context: MessengerContext,
  own: Own,
  { kind, name }: Extract<MessengerCommand, { kind: 'accept' | 'reject' | 'request' }>,
): Promise<MessengerResult> {
  const asking = own.section.asking ?? [];
  const asker = asking.find(
    (one) => one.name.toLowerCase() === name.toLowerCase() && one.until > context.now,
  );
  if (asker === undefined)
    return { replies: [namePacket('notFound', name.slice(0, 24))], refused: 'no_question' };
  const section = { ...own.section, asking: asking.filter((one) => one !== asker) };
  const to = `character/${asker.id}`;
  const { id, name: ownName } = own.character;
  if (kind === 'reject') {
    const payload = { name: ownName, says: 'addReject' };
    return {
      state: { sections: { messenger: section } },
      signals: [{ to, name: SIGNALS.answer, payload }],
    };
  }
  const outcome = await context.services.friends.join({
    one: { id, name: ownName },
    other: { id: asker.id, name: asker.name },
    now: context.now,
    step: context.step('join'),
  });
  if (!('ofOther' in outcome)) {
    if (outcome.code === 'down') context.log.error('friend not made', { ...outcome });
    return {
      state: { sections: { messenger: section } },
      replies: [namePacket('decline', asker.name)],
      refused: outcome.code === 'down' ? 'service_down' : outcome.code,
    };
  }
  const friend = { id: asker.id, name: asker.name, tag: outcome.ofOther, status: 0 };
  const payload = { name: ownName, tag: outcome.ofOne, status: section.status };
  return {
    state: { sections: { messenger: withFriend({ ...own, section }, friend) } },
    replies: [friendPacket(friend)],
    // The new friend answers with its own status.
    signals: [{ to, name: SIGNALS.made, payload }],
  };
}

async function part(context: MessengerContext, own: Own, tag: number): Promise<MessengerResult> {
  const friend = own.friends.find((one) => one.tag === tag);
  if (friend === undefined) return { refused: 'no_friend' };
  const { now, services } = context;
  const call = { one: own.character.id, other: friend.id, now, step: context.step('part') };
  const outcome = await services.friends.part(call);
  if (outcome.code === 'down') {
    context.log.error('friend not deleted', { ...outcome });
    return { replies: [namePacket('decline', friend.name)], refused: 'service_down' };
  }
  return {
    state: { sections: { messenger: withoutFriend(own, friend.id) } },
    replies: [deletedPacket(tag)],
    signals: [{ to: `character/${friend.id}`, name: SIGNALS.parted, payload: {} }],
  };
}

function status(own: Own, value: number): MessengerResult {
  if (value < 1 || value > LAST_STATUS) return { refused: 'bad_value' };
  return {
    state: { sections: { messenger: { ...own.section, status: value } } },
    signals: tellStatus(own.section.self, own.friends, value, false),
  };
}
