import type { Signal } from '../../../shared/contract/index.ts';
import { type Acting, change, membershipOf, refuse, topicOf } from '../acting.ts';
import { type Clan, memberById, memberByName } from '../clan.ts';
import { SIGNALS } from '../names.ts';
import { memberLeftPacket, memberPacket, noticePacket } from '../packets.ts';
import type { ClanContext, ClanResult } from '../sections.ts';

const LONGEST_NOTICE = 255;

export async function kick(context: ClanContext, acting: Acting, name: string): Promise<ClanResult> {
  const outcome = await change(context, acting, 'kick', { kind: 'kick', by: acting.character.id, name });
  if ('refusal' in outcome) return outcome.refusal;
  const { before } = outcome;
  const target = memberByName(before, name);
  if (target === undefined) return {};
  const payload = { clanId: before.id, clan: null, why: 'kicked' };
  return {
    deliveries: [{ to: topicOf(before.id), packets: [memberLeftPacket(target)] }],
    signals: [{ to: `character/${target.id}`, name: SIGNALS.membership, payload }],
  };
}

/** One rank up or down. */
export async function promote(
  context: ClanContext,
  acting: Acting,
  name: string,
  step: 1 | -1,
): Promise<ClanResult> {
  const wanted = { kind: 'rank', by: acting.character.id, name, step } as const;
  const outcome = await change(context, acting, step > 0 ? 'promote' : 'demote', wanted);
  if ('refusal' in outcome) return outcome.refusal;
  const { clan } = outcome;
  const target = clan === null ? undefined : memberByName(clan, name);
  return clan === null || target === undefined ? {} : ranks(clan, acting, [target.id]);
}

/** Makes somebody else the master. */
export async function handOver(context: ClanContext, acting: Acting, name: string): Promise<ClanResult> {
  const { id } = acting.character;
  const outcome = await change(context, acting, 'master', { kind: 'master', by: id, name });
  if ('refusal' in outcome) return outcome.refusal;
  const { clan } = outcome;
  const target = clan === null ? undefined : memberByName(clan, name);
  return clan === null || target === undefined ? {} : ranks(clan, acting, [target.id, id]);
}

/** Shows all members the new ranks, and tells those concerned what they are now. */
function ranks(clan: Clan, acting: Acting, ids: readonly string[]): ClanResult {
  const members = ids.flatMap((id) => memberById(clan, id) ?? []);
  const own = membershipOf(clan, acting.character.id);
  const others = members.filter(({ id }) => id !== acting.character.id);
  return {
    ...(own === undefined ? {} : { state: { sections: { clan: { ...acting.section, clan: own } } } }),
    deliveries: [{ to: topicOf(clan.id), packets: members.map(memberPacket) }],
    signals: others.map(({ id }): Signal => {
      const payload = { clanId: clan.id, clan: { ...membershipOf(clan, id) } };
      return { to: `character/${id}`, name: SIGNALS.membership, payload };
    }),
  };
}

/** What members read when they come. */
export async function notice(context: ClanContext, acting: Acting, text: string): Promise<ClanResult> {
  if (Buffer.byteLength(text) > LONGEST_NOTICE) return refuse('notice', 'bad_value');
  const outcome = await change(context, acting, 'notice', { kind: 'notice', by: acting.character.id, text });
  if ('refusal' in outcome) return outcome.refusal;
  return { deliveries: [{ to: topicOf(outcome.before.id), packets: [noticePacket(text)] }] };
}

/** Level or job has changed. What the client claims does not matter. */
export async function levelAndJob(context: ClanContext, acting: Acting): Promise<ClanResult> {
  const { id, level, job } = acting.character;
  const wanted = { kind: 'facts', id, level, job, online: true } as const;
  const outcome = await change(context, acting, 'levelAndJob', wanted);
  if ('refusal' in outcome) return outcome.refusal;
  const { before, clan } = outcome;
  const member = clan === null || clan === before ? undefined : memberById(clan, id);
  return member === undefined
    ? {}
    : { deliveries: [{ to: topicOf(before.id), packets: [memberPacket(member)] }] };
}
