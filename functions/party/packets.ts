import type { NamedPacket } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import { PartyMemberAction, type PartyMemberInput } from '../../shared/protocol/packets.generated.ts';
import type { Party, PartyMemberEntry } from '../../shared/sections/index.ts';
import { partyLevel } from '../../shared/world/formulas-party.ts';

const U16 = 0xffff;
const EXP_BITS = 0x7fff_ffff;

/** An answer to a request, or news of the party. `source` is an object id, or a tag where the code is about one who may be away. */
export function replyPacket(type: number, source: number): NamedPacket {
  return packet('SRV_PARTY_REPLY', { type, source });
}

export function memberPacket(party: Party, member: PartyMemberEntry, joins: boolean): NamedPacket {
  return packet('SRV_PARTY_MEMBER', {
    rule: party.rule,
    action: joins ? PartyMemberAction.ADD : PartyMemberAction.REMOVE,
    member: shown(member),
  });
}

export function updatePacket(member: PartyMemberEntry): NamedPacket {
  return packet('SRV_PARTY_MEMBER_UPDATE', { member: shown(member) });
}

export function rulePacket(rule: number): NamedPacket {
  return packet('SRV_PARTY_RULE', { rule });
}

/** Level of a party that has shared `xp`, and whether that made it rise from what it was at `before`. */
export function levelPacket(xp: number, before = xp): NamedPacket {
  const now = partyLevel(xp);
  const rises = Number(now.level > partyLevel(before).level);
  return packet('SRV_PARTY_LEVELEXP', {
    level: now.level,
    exp_data: { exp: Math.min(EXP_BITS, now.xp), level_up: rises },
  });
}

function shown(member: PartyMemberEntry): PartyMemberInput {
  const { facts } = member;
  return {
    tag: member.tag,
    id: member.droppedAt > 0 ? 0 : facts.objectId,
    max_hp: facts.maxHp,
    hp: facts.hp,
    status: 0,
    con: Math.min(U16, facts.con),
    hp_recovery: Math.min(U16, facts.hpRecovery),
    mp_recovery: Math.min(U16, facts.mpRecovery),
    stamina: 0,
    name: member.name,
  };
}
