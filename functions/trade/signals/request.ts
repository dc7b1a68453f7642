import { packet } from '../../../shared/kit/index.ts';
import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import { keep, tell } from '../going-on.ts';
import { newSide, type Side } from '../machine.ts';
import { SIGNALS } from '../names.ts';
import { readRequest } from '../reading.ts';
import type { TradeSignal } from '../sections.ts';
import { isTooFar, standingOf } from '../standing.ts';

/** Somebody wants to trade with this character, or with a monster, which does not. */
export const requested: TradeSignal = (context, payload, { from }) => {
  const asked = readRequest(payload);
  if (asked === undefined) return { refused: 'bad_signal' };
  const { id, objectId, epoch, place } = asked;
  const refuse = (code: number, refused: string) => ({
    signals: [{ to: `connection/${from.connection}`, name: SIGNALS.over, payload: { id, code } }],
    refused,
  });
  const standing = standingOf(context);
  if (standing === undefined || from.characterId === null)
    return refuse(TradeState.INVALID_TARGET, 'bad_target');
  const { trade, shop } = context.sections;
  if (trade?.id === id) return {};
  if (standing.dead) return refuse(TradeState.TRADE_DISABLED, 'trade_disabled');
  const crossing = trade !== undefined && isCrossing(trade, objectId);
  // Both have asked each other: of the two requests the one with the lower id stands, for both.
  if (crossing && trade.id < id) return {};
  if (!crossing && (trade !== undefined || shop !== undefined)) return refuse(TradeState.BUSY, 'busy');
  if (isTooFar(standing, place, context.now)) return refuse(TradeState.TOO_FAR, 'too_far');
  const { presence, characterId } = standing;
  const side = newSide({
    id,
    role: 'asked',
    since: context.now,
    me: { characterId, objectId: presence.objectId, map: presence.map },
    partner: { objectId, connection: from.connection, characterId: from.characterId, epoch, place },
  });
  const shown = (state: number) => [packet('SRV_TRADE', { state, target: objectId })];
  if (crossing) return tell(context, { ...side, open: true }, standing, shown(TradeState.ACCEPT));
  return keep(context, side, shown(TradeState.REQUEST));
};

/** Whether this side waits for an answer of the very one who asks. */
function isCrossing({ open, role, partner }: Side, asking: number): boolean {
  return !open && role === 'asker' && partner.objectId === asking;
}
