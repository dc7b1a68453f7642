import type { NamedPacket } from '../../shared/contract/index.ts';
import { BodyWriter, packet } from '../../shared/kit/index.ts';
import { type Clan, type ClanMember, memberById } from './clan.ts';

/**
 * What a client is told of its clan. 0x33, 0x41 to 0x44 and 0x71 to 0x74 are those that clients of the profile `retail` know; the others
 * are this service's.
 */
export const NEWS = {
  /** Somebody invites: `inviter str, clan str`. */
  invited: 0x0b,
  info: 0x33,
  createFailed: 0x41,
  nameTaken: 0x42,
  /** Out of the clan: `why u8` (see `OUT`). */
  out: 0x61,
  /** A command was refused: `command u8, reason u8` (see `REASON`). */
  refused: 0x62,
  /** An invitation was answered: `name str, accepted u8`. */
  answered: 0x63,
  notice: 0x64,
  condition: 0x44,
  members: 0x72,
  memberIs: 0x73,
  memberLeft: 0x74,
} as const;

/** Why one is out of the clan. */
export const OUT = { left: 0, kicked: 1, disbanded: 2 } as const;

/** Why a command was refused. */
export const REASON = {
  service_down: 0,
  no_clan: 1,
  no_right: 2,
  not_member: 3,
  full: 4,
  already_member: 5,
  master_stays: 6,
  unknown_character: 7,
  no_invitation: 8,
  bad_value: 9,
} as const;
export type Reason = keyof typeof REASON;

/** Channel of those who are in the world, in lists of members; 0 of the others. */
const CHANNEL = 1;
const SKILLS = 20;

function command(writer: BodyWriter): NamedPacket {
  return packet('SRV_CLAN_COMMAND', { body: writer.done() });
}

export function shortNews(number: number): NamedPacket {
  return command(new BodyWriter().u8(number));
}

export function refusedPacket(asked: number, reason: Reason): NamedPacket {
  return command(new BodyWriter().u8(NEWS.refused).u8(asked).u8(REASON[reason]));
}

export function outPacket(why: keyof typeof OUT): NamedPacket {
  return command(new BodyWriter().u8(NEWS.out).u8(OUT[why]));
}

export function invitedPacket(inviter: string, clan: string): NamedPacket {
  return command(new BodyWriter().u8(NEWS.invited).text(inviter).text(clan));
}

export function answeredPacket(name: string, accepted: boolean): NamedPacket {
  return command(new BodyWriter().u8(NEWS.answered).text(name).u8(Number(accepted)));
}

export function noticePacket(text: string): NamedPacket {
  return command(new BodyWriter().u8(NEWS.notice).text(text));
}

/** The clan as one of its members sees it. */
export function infoPacket(clan: Clan, self: string): NamedPacket {
  const { number, mark, members, name, description } = clan;
  const writer = new BodyWriter()
    .u8(NEWS.info)
    .u32(number)
    .u16(mark.back)
    .u16(mark.center)
    .u8(1)
    .u8(memberById(clan, self)?.rank ?? 0)
    .u32(0)
    .u32(0)
    .u64(0n)
    .u16(members.length)
    .u32(0);
  for (let skill = 0; skill < SKILLS; skill += 1) writer.u16(0).u32(0);
  return command(writer.text(name).text(description));
}

export function membersPacket(clan: Clan): NamedPacket {
  const writer = new BodyWriter().u8(NEWS.members);
  for (const member of clan.members) entry(writer, member);
  return command(writer);
}

/** A member as it is now: come, gone, of another rank. */
export function memberPacket(member: ClanMember): NamedPacket {
  return command(entry(new BodyWriter().u8(NEWS.memberIs), member));
}

export function memberLeftPacket(member: ClanMember): NamedPacket {
  return command(entry(new BodyWriter().u8(NEWS.memberLeft), { ...member, online: false }));
}

function entry(writer: BodyWriter, member: ClanMember): BodyWriter {
  const { rank, online, level, job, name } = member;
  return writer
    .u8(rank)
    .u8(online ? CHANNEL : 0)
    .u32(0)
    .u16(level)
    .u16(job)
    .text(name);
}
