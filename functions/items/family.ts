import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily, packet } from '../../shared/kit/index.ts';
import { CraftResult, PickupItemResult } from '../../shared/protocol/packets.generated.ts';
import { INVENTORY_RULE } from '../../shared/sections/rules.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { pick } from './ground/pick.ts';
import { tendGround } from './ground/tend-ground.ts';
import { appraisalReq, NOT_APPRAISED } from './handlers/appraisal-req.ts';
import { bankListReq } from './handlers/bank-list-req.ts';
import { bankMoveItem } from './handlers/bank-move-item.ts';
import { bankMoveMoney } from './handlers/bank-move-money.ts';
import { craftEnhanceReq } from './handlers/craft-enhance-req.ts';
import { craftReq } from './handlers/craft-req.ts';
import { craftStatus } from './handlers/craft-status.ts';
import { dropItem } from './handlers/drop-item.ts';
import { equipItem } from './handlers/equip-item.ts';
import { equipItemRide } from './handlers/equip-item-ride.ts';
import { equipProjectile } from './handlers/equip-projectile.ts';
import { pickupItem } from './handlers/pickup-item.ts';
import { repairNpc } from './handlers/repair-npc.ts';
import { repairUseItem } from './handlers/repair-use-item.ts';
import { useItem } from './handlers/use-item.ts';
import { SIGNALS, TEND } from './names.ts';
import type { ItemsKey } from './sections.ts';
import { type ItemsServices, itemsServices } from './services.ts';
import { arrived } from './signals/arrived.ts';
import { changed } from './signals/changed.ts';
import { closing } from './signals/closing.ts';
import { owned } from './signals/owned.ts';
import { picked } from './signals/picked.ts';
import { spend } from './signals/spend.ts';
import { undeliverable } from './signals/undeliverable.ts';
import { wear } from './signals/wear.ts';

const stages = ['world'];
const NOT_PICKED = packet('SRV_PICKUP_ITEM_REPLY', { id: 0, result: PickupItemResult.NO_ITEM });
const NOT_CRAFTED = packet('SRV_CRAFT_REPLY', {
  result: CraftResult.INVALID_CONDITION,
  stepOrIndex: 0,
  progress: [0, 0, 0, 0],
});

/** What characters carry, wear, use, make and keep, and what lies on the ground. */
export const family = defineFamily<ItemsKey, ItemsServices>({
  name: 'items',
  packets: {
    CLI_USE_ITEM: { stages, handle: useItem },
    CLI_DROP_ITEM: { stages, handle: dropItem },
    CLI_PICKUP_ITEM_REQ: { stages, refused: NOT_PICKED, handle: pickupItem },
    CLI_EQUIP_ITEM: { stages, handle: equipItem },
    CLI_EQUIP_ITEM_RIDE: { stages, handle: equipItemRide },
    CLI_EQUIP_PROJECTILE: { stages, handle: equipProjectile },
    CLI_REPAIR_USE_ITEM: { stages, handle: repairUseItem },
    CLI_REPAIR_NPC: { stages, handle: repairNpc },
    CLI_APPRAISAL_REQ: { stages, refused: NOT_APPRAISED, handle: appraisalReq },
    CLI_BANK_LIST_REQ: { stages, lane: 'bank', handle: bankListReq },
    CLI_BANK_MOVE_ITEM: { stages, handle: bankMoveItem },
    CLI_BANK_MOVE_MONEY: { stages, handle: bankMoveMoney },
    CLI_CRAFT_REQ: { stages, refused: NOT_CRAFTED, handle: craftReq },
    CLI_CRAFT_ENHANCE_REQ: { stages, handle: craftEnhanceReq },
    CLI_CRAFT_STATUS: { stages, handle: craftStatus },
  },
  signals: {
    [LIFECYCLE.owned]: owned,
    [LIFECYCLE.closing]: closing,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.changed]: changed,
    [SIGNALS.wear]: wear,
    [SIGNALS.spend]: spend,
    [SIGNALS.arrived]: arrived,
    [SIGNALS.picked]: picked,
    [SIGNALS.dropped]: (context) => tendGround(context, { mayClose: true }),
    [SIGNALS.pick]: pick,
  },
  timers: { [TEND]: (context) => tendGround(context, { mayClose: true }) },
  state: {
    owns: {
      inventory: INVENTORY_RULE,
      ground: { class: 'volatile', version: 1 },
      items: { class: 'volatile', version: 1 },
    },
    reads: ['character', 'vitals', 'position', 'presence', 'party', 'monsters'],
  },
  // The digest of a bank's password takes a while: nobody else waits behind it.
  lanes: { bank: { maxBatch: 4, maxInFlight: 8 } },
  tables: grantsOf(CALLS.objects, CALLS.ground, CALLS.possessions),
  settings: serviceSettings('character', 'world'),
  uses: ['character', 'world'],
  services: itemsServices,
});
