import { PartyReplyType } from '../../../shared/protocol/packets.generated.ts';
import { ITEMS_IN_ORDER, SHARE_BY_LEVEL } from '../../../shared/world/formulas-party.ts';
import { replyPacket, rulePacket } from '../packets.ts';
import type { PartyPacket } from '../sections.ts';
import { changeParty, ownParty } from '../tell.ts';

const KNOWN = SHARE_BY_LEVEL | ITEMS_IN_ORDER;

/** How experience and items are shared: the owner says. Others are told what holds. */
export const partyRule: PartyPacket<'CLI_PARTY_RULE'> = async (context, { rule }) => {
  const section = context.sections.party;
  const party = ownParty(section);
  if (section === undefined || party === undefined)
    return { replies: [replyPacket(PartyReplyType.NOT_FOUND, 0)], refused: 'no_party' };
  if ((rule & ~KNOWN) !== 0) return { replies: [rulePacket(party.rule)], refused: 'bad_rule' };
  const change = { kind: 'rule', by: section.self, rule } as const;
  const result = await changeParty(context, section, party, change, 'changed');
  if (result.refused === undefined) return result;
  return { ...result, replies: [...(result.replies ?? []), rulePacket(party.rule)] };
};
