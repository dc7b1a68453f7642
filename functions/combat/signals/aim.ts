import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { type Aim, type Answer, facts, readAim, type Verdict } from '../facts.ts';
import { judge } from '../judge.ts';
import { mobAsked } from '../monsters/mob-of.ts';
import { SIGNALS } from '../names.ts';
import type { CombatResult, CombatSignal } from '../sections.ts';

/** Somebody wants to attack, or to cast something at, this character or one of this region's monsters. */
export const aim: CombatSignal = (context, payload, message) => {
  const asked = readAim(payload);
  if (asked === undefined) return { refused: 'bad_signal' };
  if (context.connection.kind === 'actor') {
    const { verdict, objectId, at } = mobAsked(context, message.to, asked);
    return answer(asked, objectId, verdict, at);
  }
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const verdict = judge(acting, asked, asked.hostile, context.sections.party);
  return answer(asked, acting.objectId, verdict, acting.at);
};

function answer(
  { connection, skill }: Aim,
  target: number,
  verdict: Verdict,
  at: { x: number; y: number },
): CombatResult {
  const answered: Answer = { target, verdict, x: at.x, y: at.y, skill };
  return {
    signals: [{ to: `connection/${connection}`, name: SIGNALS.aimed, payload: facts(answered) }],
  };
}
