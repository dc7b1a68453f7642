import { amountOf } from '../../../shared/economy/index.ts';
import { ITEM_TYPES, MAX_STACK } from '../../../shared/world/item-types.ts';
import { world } from '../../../shared/world/world.ts';

/** What is given: an amount of money, or so many of an item. */
export type Gift =
  | { readonly kind: 'money'; readonly amount: string; readonly text: string }
  | {
      readonly kind: 'item';
      readonly ref: string;
      readonly count: number;
      readonly stacks: boolean;
      readonly text: string;
    };

/** Things that do not stack, in one command: as many as fit into a page of the bag. */
const MOST_THINGS = 30;

/** Reads `zuly AMOUNT` or `TYPE/ID [COUNT]`; undefined when it is neither, or too many. */
export function giftOf(words: readonly string[]): Gift | undefined {
  const [what = '', number] = words;
  if (words.length === 0 || words.length > 2) return undefined;
  if (what.toLowerCase() === 'zuly') {
    const amount = amountOf(number ?? '');
    return amount === undefined
      ? undefined
      : { kind: 'money', amount: amount.toString(), text: `${amount} zuly` };
  }
  const data = world.itemByRef(what.toLowerCase());
  if (data === undefined) return undefined;
  const { stacks } = ITEM_TYPES[data.type];
  const count = Number(number ?? '1');
  if (!Number.isInteger(count) || count < 1 || count > (stacks ? MAX_STACK : MOST_THINGS)) return undefined;
  return { kind: 'item', ref: what.toLowerCase(), count, stacks, text: `${count} of ${data.name}` };
}
