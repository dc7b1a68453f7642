import { actingOf } from '../acting.ts';
import { CHECK, LOOK, LOOK_AGAIN, TIMERS } from '../names.ts';
import { compare, offline, online } from '../presence.ts';
import type { ClanTimer } from '../sections.ts';

/** Looks whether the character has come into the world, or left it for the character list. */
export const enter: ClanTimer = (context) => {
  const section = context.sections.clan;
  if (section === undefined) return {};
  if (context.characterId !== section.self) return offline(context, section);
  if (section.clan !== undefined && context.now - (section.checkedAt ?? 0) >= CHECK)
    return compare(context, section);
  if (section.clan !== undefined) return { timers: [{ name: TIMERS.enter, at: context.now + LOOK_AGAIN }] };
  const acting = actingOf(context);
  return acting === undefined
    ? { timers: [{ name: TIMERS.enter, at: context.now + LOOK }] }
    : online(context, acting);
};
