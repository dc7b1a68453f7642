import { notThere } from '../handlers/pickup-item.ts';
import { SIGNALS } from '../names.ts';
import type { ItemsSignal } from '../sections.ts';

/** What somebody wanted to pick up does not exist (any more). Other signals that find nobody need no answer. */
export const undeliverable: ItemsSignal = (_context, { to, name }) => {
  if (name !== SIGNALS.pick || typeof to !== 'string') return {};
  return { ...notThere(Number(to.split('/')[2] ?? 0)), refused: 'no_item' };
};
