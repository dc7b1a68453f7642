import type { Mob } from '../../../shared/sections/index.ts';
import type { Strike } from '../facts.ts';

/** Who is to blame for a monster's pain. */
export type Culprit = Pick<Strike, 'by' | 'byId' | 'level' | 'partyId'>;

/** Milliseconds for which the dead lie there. */
export const CORPSE = 5000;

/**
 * A monster that is hurt: it remembers who did it and turns on them, or dies. No more counts than it had. `dead` is for the one blow that
 * kills it.
 */
export function hurt(
  mob: Mob,
  culprit: Culprit,
  damage: number,
  now: number,
): { readonly mob: Mob; readonly dead: boolean } {
  const cost = Math.min(damage, mob.hp);
  const { by, byId, level, partyId } = culprit;
  const known = mob.grudges[by];
  const grudge = {
    characterId: byId,
    level,
    damage: (known?.damage ?? 0) + cost,
    ...(partyId === null ? {} : { partyId }),
  };
  const hp = mob.hp - cost;
  const grudges = { ...mob.grudges, [by]: grudge };
  if (hp <= 0) {
    const fallen: Mob = { ...mob, hp: 0, grudges, mode: 'dead', target: 0, effects: [], actAt: now + CORPSE };
    return { mob: fallen, dead: true };
  }
  const roused = mob.mode !== 'chase';
  const target = roused ? by : mob.target;
  const actAt = roused ? now : mob.actAt;
  return { mob: { ...mob, hp, grudges, mode: 'chase', target, actAt }, dead: false };
}
