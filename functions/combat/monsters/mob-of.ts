import type { Point } from '../../../shared/contract/index.ts';
import type { Mob } from '../../../shared/sections/index.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { parseRegionActor } from '../../../shared/world/regions.ts';
import type { Aim, Doer, Verdict } from '../facts.ts';
import { SLACK } from '../judge.ts';
import type { CombatContext } from '../sections.ts';
import { hereIs } from './here.ts';

/** The region of the actor that acts; undefined when it is another kind of actor. */
export function regionOf(
  context: CombatContext,
): { readonly map: number; readonly region: string } | undefined {
  return parseRegionActor(context.connection.actor);
}

/** The monster at an address `object/MAP/ID`; undefined when this region has none there (any more). */
export function mobAt(context: CombatContext, address: string): Mob | undefined {
  const id = objectIdOf(address);
  return id === 0 ? undefined : context.sections.monsters?.mobs[id];
}

/** The object id of an address `object/MAP/ID`, 0 for another address. */
export function objectIdOf(address: string): number {
  const parts = /^object\/\d+\/(\d{1,5})$/.exec(address);
  return parts === null ? 0 : Number(parts[1]);
}

/** Whether something that hurts can be done to a monster. */
export function judgeMob(mob: Mob | undefined, doer: Doer, now: number): Verdict {
  if (mob === undefined) return 'forbidden';
  if (mob.mode === 'dead') return 'dead';
  return distance(hereIs(mob, now), doer) > doer.reach + SLACK ? 'far' : 'ok';
}

/** The answer of a monster that is aimed at, and where it stands. What helps is not for monsters; figures are not to be fought. */
export function mobAsked(
  context: CombatContext,
  to: string,
  asked: Aim,
): { readonly verdict: Verdict; readonly objectId: number; readonly at: Point } {
  const mob = mobAt(context, to);
  const verdict = asked.hostile ? judgeMob(mob, asked, context.now) : 'forbidden';
  const at = mob === undefined ? { x: asked.x, y: asked.y } : hereIs(mob, context.now);
  return { verdict, objectId: objectIdOf(to), at };
}
