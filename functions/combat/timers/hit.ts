import type { FightSection, FightTarget, PositionSection } from '../../../shared/sections/index.ts';
import { attackInterval } from '../../../shared/world/formulas.ts';
import { attackSpeedOf } from '../../../shared/world/speeds.ts';
import { actingOf, hindrance } from '../acting.ts';
import { armedOf, objectAt, strikeOf } from '../armed.ts';
import { facts } from '../facts.ts';
import { SIGNALS, TIMERS } from '../names.ts';
import { endFight } from '../pursue.ts';
import type { CombatTimer } from '../sections.ts';
import { wearOut } from '../wear.ts';

/** Milliseconds after which one who is stunned or casts tries again. */
const AGAIN = 250;

/** The next blow is due: the target judges it. Who has gone elsewhere, sat down or died has ended the fight. */
export const hit: CombatTimer = (context) => {
  const { now } = context;
  const acting = actingOf(context);
  const { fight: last } = context.sections;
  const target = last?.target;
  if (last === undefined || target === undefined) return {};
  // Whoever loads a map has left its target there.
  if (acting === undefined) return endFight({ fight: last });
  const hindered = hindrance(acting);
  if (hindered === 'stunned' || acting.fight.cast?.begun === true)
    return { timers: [{ name: TIMERS.hit, at: now + AGAIN }] };
  if (hindered !== undefined || wentElsewhere(acting.position, target)) return endFight(acting);
  if (acting.fight.nextHit > now) return { timers: [{ name: TIMERS.hit, at: acting.fight.nextHit }] };
  const armed = armedOf(context, acting);
  if (armed.lacksAmmunition) return { ...endFight(acting), refused: 'no_ammunition' };
  const nextHit = now + attackInterval(attackSpeedOf(acting.character, context.sections.inventory));
  const fight: FightSection = { ...acting.fight, nextHit };
  const strike = facts(strikeOf(context, acting, armed));
  return {
    state: { sections: { fight, vitals: { ...acting.vitals, combatAt: now } } },
    signals: [
      { to: objectAt(acting, target.objectId), name: SIGNALS.strike, payload: strike },
      ...wearOut(context, 'weapon'),
    ],
    timers: [{ name: TIMERS.hit, at: nextHit }],
  };
};

/** Since the fight began the character was sent, or stopped, somewhere that is not its target. */
function wentElsewhere(position: PositionSection, target: FightTarget): boolean {
  return position.start > target.since && position.targetId !== target.objectId;
}
