import type { Translation } from '../translation.ts';
import { combat } from './combat.ts';
import { craft } from './craft.ts';
import { items } from './items.ts';
import { movement } from './movement.ts';
import { party } from './party.ts';
import { trade } from './trade.ts';

/** What clients of profile `retail` say and understand otherwise, beyond the numbers and layouts of packets. */
export const retailTranslations: readonly Translation[] = [
  ...movement,
  ...items,
  ...craft,
  ...trade,
  ...party,
  ...combat,
];
