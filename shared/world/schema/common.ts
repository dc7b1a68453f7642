import { z } from 'zod';
import { ITEM_TYPES, type ItemTypeName } from '../item-types.ts';

export const name = z.string().min(1).max(40);
export const coordinate = z.number().min(0).max(1_000_000);
export const whole = z.int().min(0).max(1_000_000);
export const positive = z.int().min(1).max(1_000_000);
/** Per mille. */
export const chance = z.int().min(0).max(1000);
export const point = z.strictObject({ x: coordinate, y: coordinate });
export const stat = z.enum(['str', 'dex', 'int', 'con', 'charm', 'sense']);

const names = Object.keys(ITEM_TYPES).join('|');
/** An item by type and id, such as `weapon/3`. */
export const itemRef = z.templateLiteral([z.enum(Object.keys(ITEM_TYPES) as [ItemTypeName]), '/', z.int()], {
  error: `expected an item such as weapon/3 (types: ${names})`,
});
