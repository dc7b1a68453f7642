import { packet } from '../../shared/kit/index.ts';
import { MOVEMENT_REFRESH } from './names.ts';
import type { Done } from './own-affair.ts';
import type { ItemsResult } from './sections.ts';

/** The life of a slot has changed: the own client is told, and a thing that can be worn again may show. */
export function repaired(done: Done, slot: number): ItemsResult {
  const item = done.inventory.slots[slot];
  const life = item?.kind === 'single' ? item.life : 0;
  return {
    ...done.result(),
    replies: [packet('SRV_SET_ITEM_LIFE', { index: slot, life }), ...done.told],
    signals: [{ to: 'self', name: MOVEMENT_REFRESH, payload: {} }],
  };
}
