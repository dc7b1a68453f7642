import type { NamedPacket } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import { JoinResult, LoginResult, ServerSelectResult } from '../../shared/protocol/packets.generated.ts';

/** SRV_LOGIN_REPLY that lets nobody in. */
export function loginRefused(result: LoginResult): NamedPacket {
  return packet('SRV_LOGIN_REPLY', { result, right: 0, type: 0 });
}

/** SRV_JOIN_SERVER_REPLY that lets nobody in. */
export function joinRefused(result: JoinResult): NamedPacket {
  return packet('SRV_JOIN_SERVER_REPLY', { result, id: 0 });
}

/** SRV_SRV_SELECT_REPLY that leads nowhere. */
export function selectRefused(result: ServerSelectResult): NamedPacket {
  return packet('SRV_SRV_SELECT_REPLY', { result, sessionId: 0, cryptVal: 0, ip: '', port: 0 });
}

/** What a stage that does not allow the packet, or a handler that failed, is answered with. */
export const FAILED = {
  login: loginRefused(LoginResult.FAILED),
  join: joinRefused(JoinResult.FAILED),
  select: selectRefused(ServerSelectResult.FAILED),
  channels: packet('SRV_CHANNEL_LIST_REPLY', { id: 0 }),
} as const;
