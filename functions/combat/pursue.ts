import type { Point } from '../../shared/contract/index.ts';
import { packet } from '../../shared/kit/index.ts';
import type { FightSection } from '../../shared/sections/index.ts';
import { distance } from '../../shared/world/geometry/point.ts';
import { speedOf } from '../../shared/world/speeds.ts';
import type { Acting } from './acting.ts';
import { armedOf } from './armed.ts';
import { OTHERS, TIMERS } from './names.ts';
import { nearby } from './nearby.ts';
import type { CombatContext, CombatResult } from './sections.ts';

/** Units that one goes towards a target of one's own accord. */
const PURSUIT = 3000;
/** Times in a row that a target may slip away. */
const PATIENCE = 8;
/** Share of the reach at which one stops. */
const CLOSE = 0.8;

/** The fight without its target, and no blow to come. */
export function endFight({ fight }: Pick<Acting, 'fight'>): CombatResult {
  const { target: _target, ...rest } = fight;
  return { state: { sections: { fight: rest } }, pin: [], timers: [{ name: TIMERS.hit, cancel: true }] };
}

/** The target stands out of reach at `there`: go there and strike on arrival, or give up. */
export function pursue(context: CombatContext, acting: Acting, there: Point): CombatResult {
  const { fight, at, presence, objectId: attackerId } = acting;
  const { target } = fight;
  if (target === undefined) return {};
  const far = distance(at, there);
  if (far > PURSUIT || target.misses >= PATIENCE) return { ...endFight(acting), refused: 'too_far' };
  const near = armedOf(context, acting).reach * CLOSE;
  const share = far === 0 ? 0 : Math.max(0, far - near) / far;
  const to = { x: at.x + (there.x - at.x) * share, y: at.y + (there.y - at.y) * share };
  const speed = speedOf('run', acting.character, context.sections.inventory, acting.effects);
  const arrival = context.now + Math.ceil((distance(at, to) / speed) * 1000);
  const next: FightSection = { ...fight, target: { ...target, misses: target.misses + 1 } };
  const attack = packet('SRV_ATTACK', {
    attackerId,
    defenderId: target.objectId,
    distance: Math.min(0xffff, Math.round(far)),
    ...to,
  });
  return {
    state: { sections: { fight: next } },
    deliveries: [nearby(presence, attack)],
    signals: [{ to: 'self', name: OTHERS.approach, payload: { objectId: target.objectId, ...to } }],
    timers: [{ name: TIMERS.hit, at: Math.max(arrival, fight.nextHit) }],
  };
}
