import type { Delivery } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { DamageAction } from '../../../shared/protocol/packets.generated.ts';
import type { Mob } from '../../../shared/sections/index.ts';
import { statusFlags } from '../../../shared/world/status-flags.ts';
import { lasting, poisoned } from '../effects.ts';
import type { CombatContext } from '../sections.ts';
import type { Fallen } from './dead.ts';
import { type Culprit, hurt } from './hurt.ts';
import { nearMob } from './show-mob.ts';

const NOBODY: Culprit = { by: 0, byId: '', level: 1, partyId: null };

/** Poison hurts the monsters of a region, and what is over ends. Changes `mobs`, adds what is told, returns those that died of it. */
export function ail(
  context: CombatContext,
  map: number,
  mobs: Record<string, Mob>,
  told: Delivery[],
): readonly Fallen[] {
  const { now } = context;
  const fallen: Fallen[] = [];
  for (const mob of Object.values(mobs)) {
    if (mob.mode === 'dead' || mob.effects.length === 0) continue;
    const bitten = poisoned(mob.effects, now);
    const effects = lasting(bitten.active, now);
    if (bitten.damage === 0 && effects === mob.effects) continue;
    let after: Mob = { ...mob, effects };
    if (bitten.damage > 0) {
      const culprit = culpritOf(mob, bitten.by);
      const wound = hurt(after, culprit, bitten.damage, now);
      after = wound.mob;
      const action = DamageAction.IMMEDIATE | (wound.dead ? DamageAction.DEAD : DamageAction.HIT);
      const { damage, by: attackerId } = bitten;
      const hit = packet('SRV_DAMAGE', { attackerId, defenderId: mob.objectId, damage, action });
      told.push(nearMob(map, mob, now, hit));
      if (wound.dead) fallen.push({ mob: after, killer: culprit });
    }
    if (effects.length < bitten.active.length && after.hp > 0) told.push(cleared(map, after, now));
    mobs[mob.objectId] = after;
  }
  return fallen;
}

function culpritOf(mob: Mob, by: number): Culprit {
  const grudge = mob.grudges[by];
  if (grudge === undefined) return { ...NOBODY, by };
  return { by, byId: grudge.characterId, level: grudge.level, partyId: grudge.partyId ?? null };
}

function cleared(map: number, mob: Mob, now: number): Delivery {
  const { objectId: target, effects, hp } = mob;
  const status = statusFlags(effects);
  return nearMob(
    map,
    mob,
    now,
    packet('SRV_CLEAR_STATUS', { target, status, hp: Math.min(0x7fff, hp), mp: 0 }),
  );
}
