import { SkillCancelResult } from '../../../shared/protocol/packets.generated.ts';
import { actingOf } from '../acting.ts';
import { objectAt } from '../armed.ts';
import { cancelled } from '../cast.ts';
import { objectIdOf } from '../monsters/mob-of.ts';
import { playerGone } from '../monsters/player-gone.ts';
import { SIGNALS } from '../names.ts';
import { endFight } from '../pursue.ts';
import type { CombatSignal } from '../sections.ts';

const OWN: ReadonlySet<unknown> = new Set([SIGNALS.aim, SIGNALS.strike, SIGNALS.mend]);

/** Whom one wanted to attack, or to cast at, is not there; a region's monsters forget such a player. Signals of other families are not ours. */
export const undeliverable: CombatSignal = (context, { to, name }) => {
  if (context.connection.kind === 'actor')
    return name === SIGNALS.strike && typeof to === 'string' ? playerGone(context, objectIdOf(to)) : {};
  const acting = OWN.has(name) ? actingOf(context) : undefined;
  if (acting === undefined) return {};
  const { target, cast } = acting.fight;
  if (cast !== undefined && !cast.begun && to === objectAt(acting, cast.targetId))
    return { ...cancelled(acting, SkillCancelResult.TARGET_NOT_FOUND), refused: 'no_target' };
  if (target !== undefined && to === objectAt(acting, target.objectId))
    return { ...endFight(acting), refused: 'no_target' };
  return {};
};
