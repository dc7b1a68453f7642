import type { GroundItem } from '../../../shared/economy/index.ts';
import type { ItemsContext } from '../sections.ts';

/** Removes things whose time is over, each with a receipt. Those that somebody was faster with are left alone. */
export async function removeForGood(context: ItemsContext, rows: readonly GroundItem[]): Promise<void> {
  const { services, now } = context;
  await Promise.all(
    rows.map(async ({ map, region, id, item, money }) => {
      const goods = item === undefined ? { money: money ?? '0' } : { items: [item] };
      const outcome = await services.economy.settle({
        now,
        step: `ground/${map}/${region}/${id}/expired`,
        parts: [{ kind: 'ground-take', map, region, id }],
        burned: [{ reason: 'expired', ...goods }],
      });
      if (outcome.code !== 'ok' && outcome.code !== 'stale')
        context.log.error('a thing on the ground was not removed', { map, region, id, ...outcome });
    }),
  );
}
