import { LOOK, LOOK_AGAIN, TIMERS } from '../names.ts';
import { offline } from '../offline.ts';
import { ownOf, tellStatus } from '../own.ts';
import { listPacket } from '../packets.ts';
import type { MessengerTimer } from '../sections.ts';

/** Looks whether the character has come into the world (then its friends hear of it), or left it for the character list. */
export const enter: MessengerTimer = async (context) => {
  const section = context.sections.messenger;
  if (section === undefined) return {};
  if (context.characterId !== section.self) return offline(section);
  const again = (wait: number) => ({ timers: [{ name: TIMERS.enter, at: context.now + wait }] });
  if (section.friends !== undefined) return again(LOOK_AGAIN);
  const own = ownOf(context);
  if (own === undefined) return again(LOOK);
  const outcome = await context.services.friends.of({ characterId: section.self });
  if (!('list' in outcome)) {
    context.log.warn('friends not looked for', { ...outcome });
    return again(LOOK_AGAIN);
  }
  const friends = outcome.list.map(({ id, name, tag }) => ({ id, name, tag, status: 0 }));
  return {
    state: { sections: { messenger: { ...section, friends } } },
    replies: [listPacket(friends)],
    signals: tellStatus(section.self, friends, section.status, true),
    ...again(LOOK_AGAIN),
  };
};
