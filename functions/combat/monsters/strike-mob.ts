import { facts, type Strike, type Verdict } from '../facts.ts';
import { SIGNALS } from '../names.ts';
import type { CombatContext, CombatResult } from '../sections.ts';
import { beat } from './blow.ts';
import { withDead } from './dead.ts';
import { hereIs } from './here.ts';
import { judgeMob, mobAt, objectIdOf, regionOf } from './mob-of.ts';
import { changedMobs } from './region.ts';
import { nearMob } from './show-mob.ts';

/** A blow meets one of this region's monsters. The first that takes its last hp is the killer, and the only one. */
export async function strikeMob(context: CombatContext, to: string, blow: Strike): Promise<CombatResult> {
  const { now } = context;
  const place = regionOf(context);
  const { monsters } = context.sections;
  const mob = mobAt(context, to);
  const judged = judgeMob(mob, blow, now);
  const tell = (verdict: Verdict, at: { x: number; y: number }) => ({
    to: `connection/${blow.connection}`,
    name: SIGNALS.struck,
    payload: facts({ target: objectIdOf(to), verdict, x: at.x, y: at.y, skill: blow.skill }),
  });
  if (place === undefined || monsters === undefined || mob === undefined || judged !== 'ok') {
    const at = mob === undefined ? blow : hereIs(mob, now);
    return { signals: [tell(judged, at)] };
  }
  const { mob: after, verdict, packets } = beat(context, mob, blow);
  const told = nearMob(place.map, mob, now, ...packets);
  const answer = tell(verdict, hereIs(after, now));
  if (verdict !== 'killed') {
    const result = changedMobs(context, place.map, monsters, [after]);
    return { ...result, deliveries: [told], signals: [answer] };
  }
  const result = await withDead(context, place.map, monsters, [{ mob: after, killer: blow }]);
  return { ...result, deliveries: [told], signals: [answer, ...(result.signals ?? [])] };
}
