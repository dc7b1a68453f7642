import { packet } from '../../shared/kit/index.ts';
import { ShopBuySellResult } from '../../shared/protocol/packets.generated.ts';
import { MAX_LINES, SIGNALS } from './names.ts';
import type { Wanted } from './rules/deals.ts';
import type { ShopContext, ShopResult } from './sections.ts';
import { standingOf } from './standing.ts';
import { waitFor } from './waiting.ts';

/** Asks the owner of a shop for a deal; its handler carries it out and answers. */
export function askFor(
  context: ShopContext,
  kind: 'buy' | 'sell',
  { id, count }: { readonly id: number; readonly count: number },
  wanted: readonly Wanted[],
): ShopResult {
  const standing = standingOf(context);
  const refuse = (refused: string) => ({ replies: [nothing(id)], refused });
  if ('refused' in standing) return refuse(standing.refused);
  const { presence, at } = standing;
  if (count !== wanted.length || count < 1 || count > MAX_LINES) return refuse('bad_count');
  if (wanted.some((one) => one.count < 1)) return refuse('bad_amount');
  if (id === presence.objectId) return refuse('bad_target');
  const key = context.step('deal');
  const waiting = waitFor(context, { key, shop: id });
  if (waiting === undefined) return refuse('too_many_deals');
  const place = { map: presence.map, x: at.x, y: at.y };
  const seen = context.sections.deals?.seen;
  const deal = {
    key,
    kind,
    shop: id,
    epoch: context.epoch,
    place,
    ...(seen?.shop === id ? { edition: seen.edition } : {}),
    wanted: wanted.map((one) => ({ ...one })),
  };
  const to = `object/${presence.map}/${id}`;
  return { ...waiting, signals: [{ to, name: SIGNALS.deal, payload: deal }] };
}

/** Nothing came of a deal. */
export function nothing(id: number, result: number = ShopBuySellResult.NULL) {
  return packet('SRV_SHOP_BUYSELL_REPLY', { id, result, count: 0 });
}
