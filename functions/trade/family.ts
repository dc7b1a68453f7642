import { defineFamily } from '../../shared/kit/index.ts';
import { TradeState } from '../../shared/protocol/packets.generated.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { trade } from './handlers/trade.ts';
import { tradeItem } from './handlers/trade-item.ts';
import { SIGNALS, TICK } from './names.ts';
import type { TradeKey } from './sections.ts';
import { type TradeServices, tradeServices } from './services.ts';
import { isOver, LIFECYCLE_SIGNALS, stopped } from './signals/over.ts';
import { requested } from './signals/request.ts';
import { said } from './signals/say.ts';
import { tradePacket } from './telling.ts';
import { tick } from './timers/tick.ts';

const stages = ['world'];

/** Two players exchange things and money. */
export const family = defineFamily<TradeKey, TradeServices>({
  name: 'trade',
  packets: {
    CLI_TRADE: { stages, refused: tradePacket(TradeState.TRADE_DISABLED, 0), handle: trade },
    CLI_TRADE_ITEM: { stages, handle: tradeItem },
  },
  signals: {
    ...LIFECYCLE_SIGNALS,
    [SIGNALS.request]: requested,
    [SIGNALS.say]: said,
    [SIGNALS.over]: isOver,
    [SIGNALS.stop]: stopped,
  },
  timers: { [TICK]: tick },
  state: {
    owns: { trade: { class: 'volatile', version: 1 } },
    reads: ['shop', 'inventory', 'presence', 'position', 'vitals'],
  },
  tables: CALLS.possessions,
  settings: serviceSettings('character'),
  uses: ['character'],
  services: tradeServices,
});
