import type { Signal } from '../../shared/contract/index.ts';
import { world } from '../../shared/world/world.ts';
import { OTHERS } from './names.ts';
import type { CombatContext } from './sections.ts';

/** One blow in so many costs a worn thing a point of its life, and one shot in so many takes as much ammunition: each is a write. */
const ONE_IN = 25;
const WEAPON_SLOT = 7;
const ARMOR_SLOT = 3;
const AMMUNITION_SLOT = { arrow: 132, bullet: 133, shell: 134 } as const;

/** What a blow costs the things that gave or took it. */
export function wearOut(context: CombatContext, part: 'weapon' | 'armor'): readonly Signal[] {
  if (context.dice.int(ONE_IN) !== 0) return [];
  const slot = part === 'weapon' ? WEAPON_SLOT : ARMOR_SLOT;
  const item = context.sections.inventory?.slots[slot];
  if (item === undefined) return [];
  const wear: Signal = { to: 'self', name: OTHERS.wear, payload: { slot, amount: 1 } };
  const data = world.item(item.type, item.id);
  if (data?.type !== 'weapon' || data.ammunition === undefined) return [wear];
  const ammunition = AMMUNITION_SLOT[data.ammunition];
  const left = context.sections.inventory?.slots[ammunition];
  if (left?.kind !== 'stack') return [wear];
  const payload = { slot: ammunition, count: Math.min(ONE_IN, left.count) };
  return [wear, { to: 'self', name: OTHERS.spend, payload }];
}
