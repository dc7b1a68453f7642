import { packet } from '../../../shared/kit/index.ts';
import { actingOf, nearby } from '../acting.ts';
import type { ItemsPacket } from '../sections.ts';

/** Those nearby see somebody at work. */
export const craftStatus: ItemsPacket<'CLI_CRAFT_STATUS'> = (context, { stats, type, id }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  if (stats > 5) return { refused: 'unknown_status' };
  const seen = packet('SRV_CRAFT_STATUS', { target: acting.presence.objectId, stats, type, id });
  return { deliveries: [nearby(acting, seen)] };
};
