import type { FightSection } from '../../../shared/sections/index.ts';
import { actingOf, hindrance, NOT_IN_WORLD } from '../acting.ts';
import { armedOf, doerOf, keyAt, objectAt } from '../armed.ts';
import { facts } from '../facts.ts';
import { SIGNALS, TIMERS } from '../names.ts';
import type { CombatPacket } from '../sections.ts';

/**
 * Begins a fight: the target is asked whether it can be attacked from here. The answer sets the blows going, which then follow by themselves.
 * The protocol has no code for a refusal.
 */
export const attack: CombatPacket<'CLI_ATTACK'> = (context, { targetId }) => {
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const { now } = context;
  const hindered = hindrance(acting);
  if (hindered !== undefined) return { refused: hindered };
  if (targetId === 0 || targetId === acting.objectId) return { refused: 'no_target' };
  const armed = armedOf(context, acting);
  if (armed.lacksAmmunition) return { refused: 'no_ammunition' };
  const fight: FightSection = {
    ...acting.fight,
    target: { objectId: targetId, since: now, misses: 0 },
  };
  const aim = facts({ ...doerOf(context, acting, armed.reach), hostile: true });
  return {
    state: { sections: { fight } },
    signals: [{ to: objectAt(acting, targetId), name: SIGNALS.aim, payload: aim }],
    pin: [keyAt(acting, targetId)],
    timers: [{ name: TIMERS.hit, cancel: true }],
  };
};
