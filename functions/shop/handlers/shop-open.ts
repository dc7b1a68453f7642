import { packet } from '../../../shared/kit/index.ts';
import type { ShopSection } from '../../../shared/sections/index.ts';
import { TICK, TICK_INTERVAL } from '../names.ts';
import { shownAt } from '../open-shop.ts';
import { opening } from '../rules/opening.ts';
import type { ShopPacket } from '../sections.ts';
import { standingOf } from '../standing.ts';

/** Opens a shop where the character stands. The client has opened its window already: a refusal closes it. */
export const shopOpen: ShopPacket<'CLI_SHOP_OPEN'> = (context, asked) => {
  const standing = standingOf(context);
  if ('refused' in standing) {
    const id = context.sections.presence?.objectId ?? 0;
    return { replies: [packet('SRV_SHOP_CLOSE', { id })], refused: standing.refused };
  }
  const { characterId, presence, character, at, walking, inventory } = standing;
  const { objectId, map } = presence;
  if (context.sections.shop !== undefined) return { refused: 'shop_is_open' };
  const closed = [packet('SRV_SHOP_CLOSE', { id: objectId })];
  if (context.sections.trade !== undefined) return { replies: closed, refused: 'trading' };
  if (walking) return { replies: closed, refused: 'walking' };
  const lines = opening(inventory, asked);
  if ('refused' in lines) return { replies: closed, refused: lines.refused };
  const edition = context.step('open');
  const shop: ShopSection = { characterId, objectId, map, at, edition, ...lines };
  return {
    state: { sections: { shop } },
    objects: [shownAt(shop, standing)],
    replies: [packet('SRV_SHOP_OPEN', { id: objectId, name: character.name })],
    timers: [{ name: TICK, at: context.now + TICK_INTERVAL }],
  };
};
