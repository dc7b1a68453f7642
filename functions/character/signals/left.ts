import { packet } from '../../../shared/kit/index.ts';
import type { CharacterSignal } from '../sections.ts';

/**
 * The world is left: the ingress saves and releases the character, and then the client is told. It may go on in this connection, in the
 * lobby connection that it kept open, or in a new one by the session number that it joined with.
 */
export const left: CharacterSignal = async (context) => {
  const { userId, sessionId, now } = context;
  const { session } = context.sections;
  if (userId !== null && sessionId !== null && session?.ticket !== undefined) {
    const target = { stage: 'lobby', serverId: session.serverId, channelId: session.channelId } as const;
    const again = session.ticket;
    const call = { userId, sessionId, target, again, now, step: context.step('ticket') };
    const issued = await context.services.auth.issueTicket(call);
    // Only clients that reconnect need it; the others go on in a connection that they have.
    if (issued.code !== 'ok') context.log.warn('session number not armed again', { ...issued });
  }
  return {
    state: { stage: 'lobby', characterId: null, characters: [] },
    replies: [packet('SRV_CHAN_CHAR_REPLY', {})],
  };
};
