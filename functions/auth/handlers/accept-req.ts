import { packet } from '../../../shared/kit/index.ts';
import { AcceptReplyResult } from '../../../shared/protocol/packets.generated.ts';
import type { AuthPacket } from '../sections.ts';

/** The first word of a client. Nothing is checked and nothing changes. */
export const acceptReq: AuthPacket<'CLI_ACCEPT_REQ'> = (context) => ({
  replies: [
    packet('SRV_ACCEPT_REPLY', {
      result: AcceptReplyResult.ACCEPTED,
      randValue: Math.floor(context.now / 1000) >>> 0,
    }),
  ],
});
