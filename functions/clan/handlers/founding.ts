import type { Signal } from '../../../shared/contract/index.ts';
import { type Acting, change, membershipOf, newMember, topicOf, withoutClan } from '../acting.ts';
import { memberById, RANK } from '../clan.ts';
import type { ClanCommand } from '../command.ts';
import { LOOK_AGAIN, SIGNALS, TIMERS } from '../names.ts';
import { infoPacket, memberLeftPacket, NEWS, outPacket, shortNews } from '../packets.ts';
import type { ClanContext, ClanResult } from '../sections.ts';

/** Letters and digits of any script, with single spaces between; a name fits into every packet. */
const NAME = /^(?=.{2,24}$)[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*$/u;
const LONGEST_NAME = 60;
const LONGEST_DESCRIPTION = 255;

/** Founds a clan, of which the founder is the master. */
export async function create(
  context: ClanContext,
  acting: Acting,
  command: Extract<ClanCommand, { kind: 'create' }>,
): Promise<ClanResult> {
  const { mark, name, description } = command;
  const fail = (news: number, refused: string): ClanResult => ({ replies: [shortNews(news)], refused });
  const fits =
    Buffer.byteLength(name) <= LONGEST_NAME && Buffer.byteLength(description) <= LONGEST_DESCRIPTION;
  if (!NAME.test(name) || !fits) return fail(NEWS.createFailed, 'bad_value');
  if (acting.section.clan !== undefined) return fail(NEWS.condition, 'already_member');
  const members = [newMember(acting, RANK.master)];
  const outcome = await context.services.clans.found({
    clan: { name, description, notice: '', mark, members },
    now: context.now,
    step: context.step('found'),
  });
  if (outcome.code === 'down') {
    context.log.error('clan not founded', { ...outcome });
    return fail(NEWS.createFailed, 'service_down');
  }
  if (!('clan' in outcome))
    return fail(outcome.code === 'name_taken' ? NEWS.nameTaken : NEWS.condition, outcome.code);
  const { clan } = outcome;
  const { id } = acting.character;
  const membership = membershipOf(clan, id);
  return {
    state: {
      sections: { clan: { ...acting.section, ...(membership === undefined ? {} : { clan: membership }) } },
    },
    replies: [infoPacket(clan, id)],
    watch: [topicOf(clan.id)],
    timers: [{ name: TIMERS.enter, at: context.now + LOOK_AGAIN }],
  };
}

/** Leaves the clan; a master only when nobody else is in it. */
export async function leave(context: ClanContext, acting: Acting): Promise<ClanResult> {
  const { id } = acting.character;
  const outcome = await change(context, acting, 'leave', { kind: 'leave', id });
  if ('refusal' in outcome) return outcome.refusal;
  const member = memberById(outcome.before, id);
  const to = topicOf(outcome.before.id);
  return {
    ...left(acting, 'left'),
    deliveries: member === undefined ? [] : [{ to, packets: [memberLeftPacket(member)], except: 'self' }],
  };
}

/** Ends the clan for everyone. */
export async function disband(context: ClanContext, acting: Acting): Promise<ClanResult> {
  const { id } = acting.character;
  const outcome = await change(context, acting, 'disband', { kind: 'disband', by: id });
  if ('refusal' in outcome) return outcome.refusal;
  const payload = { clanId: outcome.before.id, clan: null, why: 'disbanded' };
  const others = outcome.before.members.filter((member) => member.id !== id && member.online);
  const signals = others.map(
    (member): Signal => ({ to: `character/${member.id}`, name: SIGNALS.membership, payload }),
  );
  return { ...left(acting, 'disbanded'), signals };
}

function left({ section }: Acting, why: 'left' | 'disbanded'): ClanResult {
  return {
    state: { sections: { clan: withoutClan(section) } },
    replies: [outPacket(why)],
    watch: [],
    timers: [{ name: TIMERS.enter, cancel: true }],
  };
}
