import type { Signal } from '../../shared/contract/index.ts';
import type { CharacterSection, Friend, MessengerSection } from '../../shared/sections/index.ts';
import { ONLINE, SIGNALS } from './names.ts';
import type { MessengerContext } from './sections.ts';

/** Who acts: a character that stands in the world, with the friends that it is known to have. */
export interface Own {
  readonly character: CharacterSection;
  readonly section: MessengerSection;
  readonly friends: readonly Friend[];
}

export function ownOf(context: MessengerContext): Own | undefined {
  const { character, presence, messenger } = context.sections;
  if (character === undefined || presence?.visible !== true) return undefined;
  const section = messenger?.self === character.id ? messenger : { self: character.id, status: ONLINE };
  return { character, section, friends: section.friends ?? [] };
}

/** The friend who sent a signal. */
export function senderOf({ friends }: Own, characterId: string | null): Friend | undefined {
  return friends.find(({ id }) => id === characterId);
}

/** The section with a friend, new or changed. Before the list was read there is nothing to change: it will hold the friend. */
export function withFriend(own: Own, friend: Friend): MessengerSection {
  if (own.section.friends === undefined) return own.section;
  const others = own.friends.filter(({ id }) => id !== friend.id);
  return { ...own.section, friends: [...others, friend] };
}

export function withoutFriend(own: Own, id: string): MessengerSection {
  if (own.section.friends === undefined) return own.section;
  return { ...own.section, friends: own.friends.filter((friend) => friend.id !== id) };
}

/** Tells friends what `self` says of itself; 0: gone. With `reply` they tell theirs. */
export function tellStatus(
  self: string,
  friends: readonly { readonly id: string }[],
  status: number,
  reply: boolean,
): Signal[] {
  return friends.map(({ id }) => ({
    to: `character/${id}`,
    name: SIGNALS.status,
    payload: { id: self, status, reply },
  }));
}
