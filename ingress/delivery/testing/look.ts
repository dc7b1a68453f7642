import type { Place } from '../../../shared/contract/index.ts';
import type { EdgeConnection } from '../../ports/connection.ts';
import type { DeliveryHub } from '../../ports/delivery.ts';

/** Place and watch of one family, in one operation; undefined leaves as is. */
export function look(
  hub: DeliveryHub,
  connection: EdgeConnection,
  place: Place | null | undefined,
  watch: readonly string[] | undefined,
): void {
  hub.look(connection, 'movement', {
    ...(place === undefined ? {} : { place }),
    ...(watch === undefined ? {} : { watch }),
  });
}
