import type { CharacterSection, ClanMembership, ClanSection } from '../../shared/sections/index.ts';
import { type Clan, type ClanChange, type ClanMember, memberById, RANK } from './clan.ts';
import { COMMAND } from './command.ts';
import { type Reason, refusedPacket } from './packets.ts';
import type { ClanContext, ClanResult } from './sections.ts';
import type { ClanChanged } from './store/clans.ts';

/** Who acts: a character that stands in the world. */
export interface Acting {
  readonly character: CharacterSection;
  readonly section: ClanSection;
}

export function actingOf(context: ClanContext): Acting | undefined {
  const { character, presence } = context.sections;
  if (character === undefined || presence?.visible !== true) return undefined;
  return { character, section: sectionOf(context, character.id) };
}

/** The section of a character, empty when it has none of its own yet. */
export function sectionOf(context: ClanContext, self: string): ClanSection {
  const { clan } = context.sections;
  return clan?.self === self ? clan : { self };
}

export function topicOf(clanId: string): string {
  return `clan/${clanId}`;
}

/** The acting character as a new member. */
export function newMember({ character }: Acting, rank: number = RANK.junior): ClanMember {
  const { id, name, level, job } = character;
  return { id, name, rank, level, job, online: true };
}

/** What a character is in a clan; undefined when it is no member. */
export function membershipOf(clan: Clan, id: string): ClanMembership | undefined {
  const member = memberById(clan, id);
  return member === undefined
    ? undefined
    : { id: clan.id, number: clan.number, name: clan.name, rank: member.rank };
}

export function withoutClan(section: ClanSection): ClanSection {
  const { clan: _clan, checkedAt: _checkedAt, ...rest } = section;
  return rest;
}

export function refuse(command: keyof typeof COMMAND, reason: Reason): ClanResult {
  return { replies: [refusedPacket(COMMAND[command], reason)], refused: reason };
}

/** A change of the own clan in the store, or the answer that refuses it. */
export async function change(
  context: ClanContext,
  acting: Acting,
  command: keyof typeof COMMAND,
  wanted: ClanChange,
  clanId = acting.section.clan?.id,
): Promise<ClanChanged | { readonly refusal: ClanResult }> {
  if (clanId === undefined) return { refusal: refuse(command, 'no_clan') };
  const call = { clanId, change: wanted, now: context.now, step: context.step(wanted.kind) };
  const outcome = await context.services.clans.change(call);
  if ('before' in outcome) return outcome;
  if (outcome.code === 'down') {
    context.log.error('clan not changed', { ...outcome });
    return { refusal: refuse(command, 'service_down') };
  }
  return {
    refusal: refuse(command, outcome.code === 'gone' ? 'no_clan' : outcome.code),
  };
}
