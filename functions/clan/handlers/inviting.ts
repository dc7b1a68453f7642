import type { Signal } from '../../../shared/contract/index.ts';
import type { ClanSection } from '../../../shared/sections/index.ts';
import { type Acting, change, membershipOf, newMember, refuse, topicOf } from '../acting.ts';
import { memberById, RANK } from '../clan.ts';
import { LOOK_AGAIN, SIGNALS, TIMERS } from '../names.ts';
import { infoPacket, memberPacket, noticePacket } from '../packets.ts';
import type { ClanContext, ClanResult } from '../sections.ts';

const NAME = /^[a-zA-Z0-9]{2,24}$/;

/** Asks somebody anywhere to join; who is online is asked. */
export async function invite(context: ClanContext, acting: Acting, name: string): Promise<ClanResult> {
  const { clan } = acting.section;
  if (clan === undefined) return refuse('invite', 'no_clan');
  if (clan.rank < RANK.commander) return refuse('invite', 'no_right');
  if (!NAME.test(name)) return refuse('invite', 'unknown_character');
  const found = await context.services.characters.findByName({ name, now: context.now });
  if (found.code === 'down') {
    context.log.error('character not found', { problem: found.problem });
    return refuse('invite', 'service_down');
  }
  if (!('id' in found)) return refuse('invite', 'unknown_character');
  const { id, name: by } = acting.character;
  const payload = { clanId: clan.id, clan: clan.name, by: id, inviter: by };
  return { signals: [{ to: `character/${found.id}`, name: SIGNALS.invite, payload }] };
}

/** Joins the clan that invited last. */
export async function accept(context: ClanContext, acting: Acting): Promise<ClanResult> {
  const { invited } = acting.section;
  if (invited === undefined || invited.until <= context.now) return refuse('accept', 'no_invitation');
  if (acting.section.clan !== undefined) return refuse('accept', 'already_member');
  const wanted = { kind: 'join', by: invited.by, member: newMember(acting) } as const;
  const outcome = await change(context, acting, 'accept', wanted, invited.clanId);
  const section = uninvited(acting.section);
  if ('refusal' in outcome) return { ...outcome.refusal, state: { sections: { clan: section } } };
  const { clan } = outcome;
  const { id } = acting.character;
  const member = clan === null ? undefined : memberById(clan, id);
  const membership = clan === null ? undefined : membershipOf(clan, id);
  if (clan === null || member === undefined || membership === undefined) return refuse('accept', 'no_clan');
  return {
    state: { sections: { clan: { ...section, clan: membership } } },
    replies: [infoPacket(clan, id), ...(clan.notice === '' ? [] : [noticePacket(clan.notice)])],
    watch: [topicOf(clan.id)],
    deliveries: [{ to: topicOf(clan.id), packets: [memberPacket(member)], except: 'self' }],
    signals: [answer(acting, invited.by, 'accepted')],
    timers: [{ name: TIMERS.enter, at: context.now + LOOK_AGAIN }],
  };
}

export function reject(context: ClanContext, acting: Acting): ClanResult {
  const { invited } = acting.section;
  if (invited === undefined || invited.until <= context.now) return refuse('reject', 'no_invitation');
  return {
    state: { sections: { clan: uninvited(acting.section) } },
    signals: [answer(acting, invited.by, 'rejected')],
  };
}

function uninvited(section: ClanSection): ClanSection {
  const { invited: _invited, ...rest } = section;
  return rest;
}

function answer({ character }: Acting, to: string, says: 'accepted' | 'rejected'): Signal {
  return { to: `character/${to}`, name: SIGNALS.answered, payload: { name: character.name, says } };
}
