import { unasked } from '../asking.ts';
import { replyPacket } from '../packets.ts';
import type { PartySignal } from '../sections.ts';

/** The answer to one's own question. What came of it follows as `party.sync`. */
export const answered: PartySignal = (context, { type, source }) => {
  const section = context.sections.party;
  if (section?.asked === undefined || typeof type !== 'number' || typeof source !== 'number') return {};
  return { state: { sections: { party: unasked(section) } }, replies: [replyPacket(type, source)] };
};
