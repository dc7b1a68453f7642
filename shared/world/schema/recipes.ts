import { z } from 'zod';
import { chance, itemRef, positive } from './common.ts';

const ingredient = z.strictObject({ item: itemRef, count: z.int().min(1).max(999) });

const recipe = z.strictObject({
  /** What comes of it, one piece. */
  product: itemRef,
  /** Level of the crafter. */
  level: z.int().min(1).max(210),
  chance,
  materials: z.array(ingredient).min(1).max(4),
});

/** One step of refinement, from the grade below to `grade`. */
const upgrade = z.strictObject({
  grade: z.int().min(1).max(15),
  chance,
  material: ingredient,
  /** What a failure leaves: grades that the thing loses. */
  loses: z.int().min(0).max(15),
});

export const recipesFile = z.strictObject({
  recipes: z.array(recipe),
  /** Grades in order, the first is 1. */
  upgrades: z.array(upgrade).min(1).max(15),
  /** What things are taken apart into, by their type. */
  scrap: z.record(z.string(), itemRef),
  /** Per mille: a gem comes out whole; it comes out and the thing suffers; else the gem is lost. */
  gem: z.strictObject({ whole: chance, suffers: chance, durability: positive }),
});

export type RecipesFile = z.infer<typeof recipesFile>;
export type Recipe = RecipesFile['recipes'][number];
export type Upgrade = RecipesFile['upgrades'][number];
