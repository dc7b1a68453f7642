import { packet } from '../../../shared/kit/index.ts';
import { JoinResult } from '../../../shared/protocol/packets.generated.ts';
import { inventoryPacket, questPacket, selfPacket } from '../packets.ts';
import type { CharacterSignal } from '../sections.ts';

/**
 * The character is taken over and has its object id: the answer to the join, then everything that the client needs before it loads the
 * map. The account's right is copied, since others judge by it.
 */
export const enter: CharacterSignal = (context, { objectId }) => {
  const { character, vitals, inventory, position, session, wishes } = context.sections;
  if (typeof objectId !== 'number' || !character || !vitals || !inventory || !position) {
    const failed = packet('SRV_JOIN_SERVER_REPLY', { result: JoinResult.FAILED, id: 0 });
    return { replies: [failed], refused: 'incomplete_character', close: { reason: 'incomplete_character' } };
  }
  const right = session?.right ?? character.right;
  return {
    ...(right === character.right ? {} : { state: { sections: { character: { ...character, right } } } }),
    replies: [
      packet('SRV_JOIN_SERVER_REPLY', { result: JoinResult.OK, id: objectId }),
      selfPacket(character, vitals, position, inventory, context.now),
      inventoryPacket(inventory),
      questPacket(wishes),
      packet('SRV_BILLING_MESSAGE', {}),
    ],
  };
};
