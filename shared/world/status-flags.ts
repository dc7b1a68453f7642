import type { ActiveEffect, Status } from '../sections/index.ts';

/** The bit of each status in the flags of presence packets and of SRV_CLEAR_STATUS. */
export const STATUS_FLAG: Readonly<Record<Status, number>> = {
  poison: 0x4,
  speed: 0x40,
  slow: 0x80,
  defence: 0x1000,
  stun: 0x4000_0000,
};

/** The flags of everything that lasts on somebody. */
export function statusFlags(active: readonly ActiveEffect[] | undefined): number {
  return (active ?? []).reduce((flags, { status }) => flags | STATUS_FLAG[status], 0);
}
