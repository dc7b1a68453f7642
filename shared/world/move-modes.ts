import type { Gait } from '../sections/index.ts';

/** The server's numbers of the gaits, as SRV_PLAYER_CHAR, SRV_TOGGLE_MOVE and SRV_TELEPORT_REPLY carry them. */
export const MOVE_MODE: Readonly<Record<Gait, number>> = { sit: 1, walk: 2, run: 3 };

/** The client's numbers, as SRV_MOVE carries them. One who sits gets up and runs when moved. */
export const CLIENT_MOVE_MODE: Readonly<Record<Gait, number>> = { sit: 1, walk: 0, run: 1 };

/** What someone is doing, as presence packets show it. */
export const COMMAND = { stop: 0, move: 1, die: 3, sit: 10 } as const;
