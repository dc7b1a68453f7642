import type { ObjectChange } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { ShopSection } from '../../shared/sections/index.ts';
import { parseCell } from '../../shared/world/geometry/grid.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { cellTopic } from '../../shared/world/topics.ts';
import { STANDSTILL, TICK } from './names.ts';
import type { ShopContext, ShopResult } from './sections.ts';
import { type Standing, standingOf } from './standing.ts';

/** Whether the owner still stands where the shop was opened. */
export function isAttended(shop: ShopSection, standing: Standing): boolean {
  const { presence, characterId, at, walking } = standing;
  return (
    characterId === shop.characterId &&
    presence.objectId === shop.objectId &&
    presence.map === shop.map &&
    !walking &&
    distance(at, shop.at) <= STANDSTILL
  );
}

/** The open shop of the acting character, and the character; undefined when there is none, or nobody attends to it. */
export function attendedShop(
  context: ShopContext,
): { readonly shop: ShopSection; readonly standing: Standing } | undefined {
  const { shop } = context.sections;
  const standing = standingOf(context);
  if (shop === undefined || 'refused' in standing || !isAttended(shop, standing)) return undefined;
  return { shop, standing };
}

/** The shop as an object of its own beside its owner: whoever comes into sight is shown that it is open. */
export function shownAt(shop: ShopSection, { presence, character }: Standing): ObjectChange {
  const { objectId: id, map, at } = shop;
  const cell = parseCell(presence.cell) ?? { column: 0, row: 0 };
  const object = objectOf(shop);
  return {
    object,
    place: {
      topic: cellTopic(map, cell),
      object,
      appear: packet('SRV_SHOP_OPEN', { id, name: character.name }),
      vanish: packet('SRV_SHOP_CLOSE', { id }),
      at,
    },
  };
}

/** Closes the shop, if there is one; the owner and all who see it are told. */
export function close(context: ShopContext): ShopResult {
  const { shop } = context.sections;
  if (shop === undefined) return {};
  return {
    state: { sections: { shop: null } },
    objects: [{ object: objectOf(shop), place: null }],
    replies: [packet('SRV_SHOP_CLOSE', { id: shop.objectId })],
    timers: [{ name: TICK, cancel: true }],
  };
}

function objectOf({ map, objectId }: ShopSection): string {
  return `${map}/${objectId}/shop`;
}
