import { setTimeout as sleep } from 'node:timers/promises';
import { DEPLOYED } from '../../support/ground.ts';
import type { Player } from './player.ts';

/** Units a second of a new character that runs. */
const SPEED = 433;
/** Milliseconds from a click to the first step and from the last step to its being known, at most. */
const LAG = DEPLOYED ? 2000 : 300;

/** Waits until one who has just set out has surely walked that far. */
export async function walked(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await sleep((Math.hypot(to.x - from.x, to.y - from.y) / SPEED) * 1000 + LAG);
}

/** Walks there and waits until it has arrived. */
export async function walk(player: Player, x: number, y: number): Promise<void> {
  player.walkTo(x, y);
  await walked(player, { x, y });
  player.x = x;
  player.y = y;
}
