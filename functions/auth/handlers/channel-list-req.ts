import { packet } from '../../../shared/kit/index.ts';
import type { AuthPacket } from '../sections.ts';

/** The channels of a server with their load; an unknown server has none. */
export const channelListReq: AuthPacket<'CLI_CHANNEL_LIST_REQ'> = async (context, { serverId }) => {
  const none = packet('SRV_CHANNEL_LIST_REPLY', { id: serverId });
  if (context.userId === null) return { replies: [none], refused: 'not_logged_in' };
  const outcome = await context.services.auth.channels({ serverId, now: context.now });
  if (outcome.code !== 'ok') {
    if (outcome.code === 'down') context.log.error('no channels', { problem: outcome.problem });
    return { replies: [none], refused: outcome.code };
  }
  const channels = outcome.channels.map(({ id, name, capacity }) => ({
    id,
    lowAge: 0,
    highAge: 0,
    capacity,
    name,
  }));
  return { replies: [packet('SRV_CHANNEL_LIST_REPLY', { id: serverId, channels })] };
};
