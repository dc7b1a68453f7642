import { TradeState } from '../../../shared/protocol/packets.generated.ts';
import { conclude, end } from '../ending.ts';
import { hear, isAgreed, type Side } from '../machine.ts';
import { SIGNALS } from '../names.ts';
import { readStatement } from '../reading.ts';
import type { TradeSignal } from '../sections.ts';
import { obstacle, standingOf } from '../standing.ts';
import { shownPacket } from '../telling.ts';

/** The partner says how its side stands. */
export const said: TradeSignal = async (context, payload, { from }) => {
  const statement = readStatement(payload);
  if (statement === undefined) return { refused: 'bad_signal' };
  const known = context.sections.trade;
  if (known?.id !== statement.id) {
    const over = { id: statement.id, code: TradeState.CANCEL };
    return { signals: [{ to: `connection/${from.connection}`, name: SIGNALS.over, payload: over }] };
  }
  if (known.partner.connection !== null && known.partner.connection !== from.connection)
    return { refused: 'bad_signal' };
  const { connection, characterId } = from;
  const listening: Side = { ...known, partner: { ...known.partner, connection, characterId } };
  const { side, shown } = hear(listening, statement);
  const replies = shown.map((one) => shownPacket(one, side));
  const code = obstacle(side, standingOf(context), context.now);
  const ended =
    code !== undefined
      ? await end(context, side, { code })
      : isAgreed(side)
        ? await conclude(context, side)
        : undefined;
  if (ended === undefined) return { state: { sections: { trade: side } }, replies };
  return { ...ended, replies: [...replies, ...(ended.replies ?? [])] };
};
