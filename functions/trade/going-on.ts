import type { NamedPacket } from '../../shared/contract/index.ts';
import { type Side, speak } from './machine.ts';
import { SIGNALS, TICK, TICK_INTERVAL } from './names.ts';
import type { TradeContext, TradeResult } from './sections.ts';
import type { Standing } from './standing.ts';

/** The trade goes on, and the partner is told how this side stands. */
export function tell(
  context: TradeContext,
  side: Side,
  standing: Standing,
  replies: readonly NamedPacket[] = [],
): TradeResult {
  const { connection } = side.partner;
  if (connection === null) return keep(context, side, replies);
  const { side: told, statement } = speak(side, { epoch: context.epoch, place: standing.place });
  const payload = JSON.parse(JSON.stringify(statement));
  return {
    ...keep(context, told, replies),
    signals: [{ to: `connection/${connection}`, name: SIGNALS.say, payload }],
  };
}

/** The trade goes on. */
export function keep(context: TradeContext, side: Side, replies: readonly NamedPacket[] = []): TradeResult {
  return {
    state: { sections: { trade: side } },
    replies,
    timers: [{ name: TICK, at: context.now + TICK_INTERVAL }],
  };
}
