import type { ClanSection } from '../../shared/sections/index.ts';
import { type Acting, membershipOf, topicOf, withoutClan } from './acting.ts';
import { memberById } from './clan.ts';
import { LOOK, LOOK_AGAIN, TIMERS } from './names.ts';
import { infoPacket, memberPacket, noticePacket, outPacket } from './packets.ts';
import type { ClanContext, ClanResult } from './sections.ts';
import { led } from './succession.ts';

/** The character stands in the world: its clan, if it has one, sees it come. */
export async function online(context: ClanContext, { character, section }: Acting): Promise<ClanResult> {
  const { now, services } = context;
  const found = await services.clans.of({ characterId: character.id });
  if (found.code === 'down') {
    context.log.warn('clan not looked for', { ...found });
    return { timers: [{ name: TIMERS.enter, at: now + LOOK_AGAIN }] };
  }
  if (!('clan' in found)) return {};
  const { id, level, job } = character;
  const { clan: before, told } = await led(context, found.clan);
  const change = { kind: 'facts', id, level, job, online: true } as const;
  const outcome = await services.clans.change({
    clanId: before.id,
    change,
    now,
    step: context.step('online'),
  });
  const clan = 'before' in outcome ? (outcome.clan ?? before) : before;
  const membership = membershipOf(clan, id);
  const member = memberById(clan, id);
  if (membership === undefined || member === undefined) return {};
  return {
    state: { sections: { clan: { ...section, clan: membership } } },
    replies: [infoPacket(clan, id), ...(clan.notice === '' ? [] : [noticePacket(clan.notice)])],
    watch: [topicOf(clan.id)],
    deliveries: [
      ...told.deliveries,
      { to: topicOf(clan.id), packets: [memberPacket(member)], except: 'self' },
    ],
    signals: told.signals,
    timers: [{ name: TIMERS.enter, at: now + LOOK_AGAIN }],
  };
}

/** Compares the membership with the store: whoever missed a signal catches up. */
export async function compare(context: ClanContext, section: ClanSection): Promise<ClanResult> {
  const { now, services } = context;
  const again = { timers: [{ name: TIMERS.enter, at: now + LOOK_AGAIN }] };
  const found = await services.clans.of({ characterId: section.self });
  if (found.code === 'down') {
    context.log.warn('clan not compared', { ...found });
    return again;
  }
  const membership = 'clan' in found ? membershipOf(found.clan, section.self) : undefined;
  if (membership === undefined || membership.id !== section.clan?.id) {
    return {
      state: { sections: { clan: withoutClan(section) } },
      replies: [outPacket('kicked')],
      watch: [],
      // Another clan, if there is one, is come to as at the entry.
      timers: [
        membership === undefined
          ? { name: TIMERS.enter, cancel: true }
          : { name: TIMERS.enter, at: now + LOOK },
      ],
    };
  }
  return { state: { sections: { clan: { ...section, clan: membership, checkedAt: now } } }, ...again };
}

/** The character has left the world. */
export async function offline(context: ClanContext, section: ClanSection): Promise<ClanResult> {
  const over = {
    state: { sections: { clan: { self: section.self } } },
    watch: [],
    timers: [{ name: TIMERS.enter, cancel: true }],
  } as const;
  const clanId = section.clan?.id;
  if (clanId === undefined) return over;
  const { now, services } = context;
  const found = await services.clans.of({ characterId: section.self });
  const last = 'clan' in found ? memberById(found.clan, section.self) : undefined;
  if (last === undefined) return over;
  const { id, level, job } = last;
  const change = { kind: 'facts', id, level, job, online: false } as const;
  const outcome = await services.clans.change({ clanId, change, now, step: context.step('offline') });
  const member = 'before' in outcome && outcome.clan !== null ? memberById(outcome.clan, id) : undefined;
  if (member === undefined) return over;
  return {
    ...over,
    deliveries: [{ to: topicOf(clanId), packets: [memberPacket(member)], except: 'self' }],
  };
}
