import type { MessengerSection } from '../../shared/sections/index.ts';
import { TIMERS } from './names.ts';
import { tellStatus } from './own.ts';
import type { MessengerResult } from './sections.ts';

/** The character has left the world: friends who are there are told. */
export function offline(section: MessengerSection): MessengerResult {
  const there = (section.friends ?? []).filter(({ status }) => status > 0);
  return {
    state: { sections: { messenger: null } },
    signals: tellStatus(section.self, there, 0, false),
    timers: [{ name: TIMERS.enter, cancel: true }],
  };
}
