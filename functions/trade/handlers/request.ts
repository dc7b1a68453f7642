import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import { keep } from '../going-on.ts';
import { newSide } from '../machine.ts';
import { SIGNALS } from '../names.ts';
import type { TradeContext, TradeResult } from '../sections.ts';
import type { Standing } from '../standing.ts';
import { tradePacket } from '../telling.ts';

/** Object ids below are figures of the map, which do not trade. */
const FIRST_PLAYER = 1_024;

/** Asks whoever stands under an object id to trade. That side's handler judges. */
export function request(context: TradeContext, standing: Standing, target: number): TradeResult {
  const refuse = (state: number, refused: string): TradeResult => ({
    replies: [tradePacket(state, target)],
    refused,
  });
  const { presence, characterId, place, dead } = standing;
  if (context.sections.trade !== undefined) return refuse(TradeState.BUSY, 'busy');
  if (dead || context.sections.shop !== undefined) return refuse(TradeState.TRADE_DISABLED, 'trade_disabled');
  if (target < FIRST_PLAYER || target === presence.objectId)
    return refuse(TradeState.INVALID_TARGET, 'bad_target');
  const { objectId, map } = presence;
  const id = context.step('trade');
  const { now: since, epoch } = context;
  const partner = { objectId: target, connection: null, characterId: null, epoch: 0, place: null };
  const side = newSide({ id, role: 'asker', since, me: { characterId, objectId, map }, partner });
  return {
    ...keep(context, side),
    signals: [
      {
        to: `object/${map}/${target}`,
        name: SIGNALS.request,
        payload: { id, objectId, epoch, place: { ...place } },
      },
    ],
  };
}
