import { packet } from '../../../shared/kit/index.ts';
import { ServerSelectResult } from '../../../shared/protocol/packets.generated.ts';
import { selectRefused } from '../replies.ts';
import type { AuthContext, AuthPacket, AuthResult } from '../sections.ts';

/** Operators get into full channels. */
const OPERATOR = 256;
const FULL = 100;

/** The player chose a channel: a ticket to the lobby, and where to go with it. */
export const srvSelectReq: AuthPacket<'CLI_SRV_SELECT_REQ'> = async (context, { serverId, channelId }) => {
  const { userId, sessionId, now } = context;
  if (userId === null || sessionId === null) return refused('not_logged_in', ServerSelectResult.FAILED);
  const listed = await context.services.auth.channels({ serverId, now });
  if (listed.code === 'down') return down(context, listed.problem);
  if (listed.code !== 'ok') return refused(listed.code, ServerSelectResult.FAILED);
  const channel = listed.channels.find(({ id }) => id === channelId);
  if (channel === undefined) return refused('invalid_channel', ServerSelectResult.INVALID_CHANNEL);
  if (!channel.active) return refused('channel_not_active', ServerSelectResult.CHANNEL_NOT_ACTIVE);
  const right = context.sections.session?.right ?? 0;
  if (channel.capacity >= FULL && right < OPERATOR) return refused('channel_full', ServerSelectResult.FULL);
  const target = { stage: 'lobby', serverId, channelId } as const;
  const step = context.step('ticket');
  const issued = await context.services.auth.issueTicket({ userId, sessionId, target, now, step });
  if (issued.code === 'down') return down(context, issued.problem);
  if (issued.code !== 'ok') return refused(issued.code, ServerSelectResult.FAILED);
  const { host: ip, port } = context.connection.public;
  const { ticket: ticketNumber } = issued;
  const reply = { result: ServerSelectResult.OK, sessionId: ticketNumber, cryptVal: 0, ip, port };
  return { replies: [packet('SRV_SRV_SELECT_REPLY', reply)] };
};

function down(context: AuthContext, problem: string): AuthResult {
  context.log.error('channel not selected', { problem });
  return refused('service_down', ServerSelectResult.FAILED);
}

function refused(reason: string, result: ServerSelectResult): AuthResult {
  return { replies: [selectRefused(result)], refused: reason };
}
