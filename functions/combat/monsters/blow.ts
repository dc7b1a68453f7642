import type { NamedPacket } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { Mob } from '../../../shared/sections/index.ts';
import { type Blow, strike } from '../../../shared/world/formulas-combat.ts';
import { world } from '../../../shared/world/world.ts';
import { afflict } from '../effects.ts';
import type { Strike, Verdict } from '../facts.ts';
import type { CombatContext } from '../sections.ts';
import { damagePackets } from '../suffer.ts';
import { hurt } from './hurt.ts';

/** One monster after a blow. */
export interface Beaten {
  readonly mob: Mob;
  readonly verdict: Verdict;
  readonly packets: readonly NamedPacket[];
}

/** A blow meets a living monster, or misses it. Who attacks it in vain is remembered too. */
export function beat(context: CombatContext, mob: Mob, blow: Strike): Beaten {
  const { now, dice } = context;
  const kind = world.monsters.get(mob.kind);
  const judged: Blow =
    blow.power === 0 || kind === undefined
      ? { damage: 0, critical: false, met: true }
      : strike(blow, kind, blow.power, () => dice.float());
  const { mob: after, dead } = hurt(mob, blow, judged.damage, now);
  const afflicted = judged.met && blow.effect !== null && !dead;
  const effects =
    afflicted && blow.effect !== null ? afflict(after.effects, blow.effect, blow.by, now) : null;
  const packets = [...damagePackets(blow, mob.objectId, judged, dead)];
  if (afflicted && blow.power === 0) {
    const { by: source, skill: id, effect } = blow;
    packets.push(
      packet('SRV_SKILL_EFFECT', { target: mob.objectId, source, id, amount: effect?.amount ?? 0, state: 1 }),
    );
  }
  return {
    mob: effects === null ? after : { ...after, effects, actAt: now },
    verdict: dead ? 'killed' : judged.met ? 'met' : 'missed',
    packets,
  };
}
