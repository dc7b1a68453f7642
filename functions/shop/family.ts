import { LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { nothing } from './asking.ts';
import { closeNow, tick, undeliverable } from './ends.ts';
import { shopBuyReq } from './handlers/shop-buy-req.ts';
import { shopClose } from './handlers/shop-close.ts';
import { shopListReq } from './handlers/shop-list-req.ts';
import { shopOpen } from './handlers/shop-open.ts';
import { shopSellReq } from './handlers/shop-sell-req.ts';
import { storeTradeReq } from './handlers/store-trade-req.ts';
import { wishlistAdd } from './handlers/wishlist-add.ts';
import { SIGNALS, TICK, WAITING } from './names.ts';
import type { ShopKey } from './sections.ts';
import { type ShopServices, shopServices } from './services.ts';
import { dealAsked } from './signals/deal.ts';
import { dealt, waitedLong } from './signals/dealt.ts';
import { looked } from './signals/look.ts';
import { seen } from './waiting.ts';

const stages = ['world'];

/** Buying and selling: the stores of figures, and the shops of players. */
export const family = defineFamily<ShopKey, ShopServices>({
  name: 'shop',
  packets: {
    CLI_STORE_TRADE_REQ: { stages, handle: storeTradeReq },
    CLI_SHOP_OPEN: { stages, handle: shopOpen },
    CLI_SHOP_CLOSE: { stages, handle: shopClose },
    CLI_SHOP_LIST_REQ: { stages, handle: shopListReq },
    CLI_SHOP_BUY_REQ: { stages, refused: nothing(0), handle: shopBuyReq },
    CLI_SHOP_SELL_REQ: { stages, refused: nothing(0), handle: shopSellReq },
    CLI_WISHLIST_ADD: { stages, handle: wishlistAdd },
  },
  signals: {
    [LIFECYCLE.closing]: closeNow,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.look]: looked,
    [SIGNALS.seen]: seen,
    [SIGNALS.deal]: dealAsked,
    [SIGNALS.dealt]: dealt,
    [SIGNALS.stop]: closeNow,
  },
  timers: { [TICK]: tick, [WAITING]: waitedLong },
  state: {
    owns: {
      shop: { class: 'volatile', version: 1 },
      deals: { class: 'volatile', version: 1 },
      wishes: { class: 'checkpoint', version: 1 },
    },
    reads: ['trade', 'inventory', 'presence', 'position', 'vitals', 'character'],
  },
  tables: CALLS.possessions,
  settings: serviceSettings('character'),
  uses: ['character'],
  services: shopServices,
});
