import type { Json } from '../../../shared/contract/index.ts';
import { actingOf } from '../acting.ts';
import { COMMAND } from '../command.ts';
import { INVITATION, SIGNALS } from '../names.ts';
import { answeredPacket, invitedPacket, refusedPacket } from '../packets.ts';
import type { ClanSignal } from '../sections.ts';

/** A clan invites this character. */
export const invited: ClanSignal = (context, { clanId, clan, by, inviter }, message) => {
  if (!isText(clanId) || !isText(clan) || !isText(by) || !isText(inviter)) return { refused: 'bad_signal' };
  const acting = actingOf(context);
  const answer = (says: string) => {
    const payload = { name: acting?.character.name ?? '', says };
    return { signals: [{ to: `connection/${message.from.connection}`, name: SIGNALS.answered, payload }] };
  };
  if (acting === undefined) return answer('unknown_character');
  const { section } = acting;
  if (section.clan !== undefined || (section.invited?.until ?? 0) > context.now)
    return answer('already_member');
  return {
    state: { sections: { clan: { ...section, invited: { clanId, by, until: context.now + INVITATION } } } },
    replies: [invitedPacket(inviter, clan)],
  };
};

/** Whom one invited has answered, or could not be asked. */
export const answered: ClanSignal = (_context, { name, says }) => {
  if (!isText(name)) return { refused: 'bad_signal' };
  if (says === 'already_member' || says === 'unknown_character')
    return { replies: [refusedPacket(COMMAND.invite, says)], refused: says };
  return { replies: [answeredPacket(name, says === 'accepted')] };
};

/** Who was invited is not online. */
export const undeliverable: ClanSignal = (_context, { name }) =>
  name === SIGNALS.invite
    ? { replies: [refusedPacket(COMMAND.invite, 'unknown_character')], refused: 'target_offline' }
    : {};

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}
