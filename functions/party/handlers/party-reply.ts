import type { Signal } from '../../../shared/contract/index.ts';
import { PartyReplyType } from '../../../shared/protocol/packets.generated.ts';
import type {
  Party,
  PartyInvitation,
  PartyMemberEntry,
  PartySection,
} from '../../../shared/sections/index.ts';
import { adopt } from '../adopt.ts';
import { uninvited } from '../asking.ts';
import { entryOf } from '../facts.ts';
import { SIGNALS } from '../names.ts';
import { replyPacket } from '../packets.ts';
import type { PartyContext, PartyPacket, PartyResult } from '../sections.ts';
import type { Changed } from '../store/parties.ts';
import { announce, ownParty, tellOthers } from '../tell.ts';

const ACCEPTS: readonly number[] = [PartyReplyType.ACCEPT_CREATE, PartyReplyType.ACCEPT_JOIN];
const REJECTS: readonly number[] = [PartyReplyType.BUSY, PartyReplyType.REJECT_JOIN];

/** What the asker is told when the store did not let it happen. */
const CODES: Readonly<Record<string, number>> = {
  full: PartyReplyType.FULL,
  invalid_level: PartyReplyType.INVALID_LEVEL,
  taken: PartyReplyType.REJECT_JOIN,
  already_member: PartyReplyType.REJECT_JOIN,
};

/** The answer to somebody's question. Accepting is carried out here; the store sees that nobody is in two parties. */
export const partyReply: PartyPacket<'CLI_PARTY_REPLY'> = async (context, { type, target }) => {
  const own = entryOf(context);
  const section = context.sections.party;
  const invited = section?.invited;
  const nobody = replyPacket(PartyReplyType.NOT_FOUND, target);
  if (own === undefined || section === undefined || invited === undefined || invited.until <= context.now)
    return { replies: [nobody], refused: 'no_question' };
  // Clients send the asker's object id, some with something else in the upper half.
  if ((target & 0xffff) !== invited.source) return { replies: [nobody], refused: 'no_question' };
  const settled = uninvited(section);
  if (REJECTS.includes(type)) {
    return { state: { sections: { party: settled } }, signals: [answer(invited, type, own)] };
  }
  if (!ACCEPTS.includes(type)) return { replies: [nobody], refused: 'unknown_reply' };
  return accept(context, settled, own, invited);
};

async function accept(
  context: PartyContext,
  section: PartySection,
  own: PartyMemberEntry,
  invited: PartyInvitation,
): Promise<PartyResult> {
  const outcome = await carryOut(context, section, own, invited);
  if (!('party' in outcome)) {
    if (outcome.code === 'down') context.log.error('party not joined', { ...outcome });
    const code = CODES[outcome.code] ?? PartyReplyType.NOT_FOUND;
    return {
      state: { sections: { party: section } },
      replies: [replyPacket(code, invited.source)],
      signals: [answer(invited, code, own)],
      refused: outcome.code === 'down' ? 'service_down' : outcome.code,
    };
  }
  const granted = invited.kind === 'create' ? PartyReplyType.ACCEPT_CREATE : PartyReplyType.ACCEPT_JOIN;
  const result =
    outcome.before === null
      ? formed(context, section, outcome.party)
      : announce(context, section, outcome, 'changed');
  return { ...result, signals: [answer(invited, granted, own), ...(result.signals ?? [])] };
}

/** Forms the party, or has one of the two join that of the other. */
async function carryOut(
  context: PartyContext,
  section: PartySection,
  own: PartyMemberEntry,
  invited: PartyInvitation,
): Promise<{ readonly before: null; readonly party: Party } | Changed | { readonly code: string }> {
  const { now, services } = context;
  const call = { now, step: context.step('accept') };
  if (invited.kind === 'create') {
    const members = [invited.entry, own];
    const formedOutcome = await services.parties.form({ ...call, id: idOf(call.step), rule: 0, members });
    if (formedOutcome.code !== 'ok' || !('party' in formedOutcome)) return formedOutcome;
    return { before: null, party: formedOutcome.party };
  }
  const [by, member] = invited.kind === 'invite' ? [invited.from, own] : [section.self, invited.entry];
  const partyId = invited.kind === 'invite' ? invited.partyId : (ownParty(section)?.id ?? null);
  if (partyId === null) return { code: 'gone' };
  const change = { kind: 'join', by, member } as const;
  const outcome = await services.parties.change({ ...call, partyId, change });
  if (outcome.code === 'not_owner') return { code: 'gone' };
  return outcome.code === 'ok' ? (outcome as unknown as Changed) : outcome;
}

function formed(context: PartyContext, section: PartySection, party: Party): PartyResult {
  const own = adopt(context, section, party.id, party, 'changed');
  return { ...own, signals: [...(own.signals ?? []), ...tellOthers(null, party, section.self, 'changed')] };
}

function answer(invited: PartyInvitation, type: number, own: PartyMemberEntry): Signal {
  const payload = { type, source: own.facts.objectId };
  return { to: `character/${invited.from}`, name: SIGNALS.answer, payload };
}

/** The id of a party is made of the step that forms it: a repeated step forms the same one. */
function idOf(step: string): string {
  return step.replaceAll(/[^a-zA-Z0-9-]/g, '-');
}
