import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { facts, readStrike } from '../facts.ts';
import { judge } from '../judge.ts';
import { strikeMob } from '../monsters/strike-mob.ts';
import { SIGNALS } from '../names.ts';
import type { CombatSignal } from '../sections.ts';
import { suffer } from '../suffer.ts';

/** A blow meets this character, or one of this region's monsters. */
export const strike: CombatSignal = (context, payload, message) => {
  const blow = readStrike(payload);
  if (blow === undefined) return { refused: 'bad_signal' };
  if (context.connection.kind === 'actor') return strikeMob(context, message.to, blow);
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const judged = judge(acting, blow, true, context.sections.party);
  const { result = {}, verdict } = judged === 'ok' ? suffer(context, acting, blow) : { verdict: judged };
  // A monster need only know when there is nobody to hit any more.
  const told = blow.byId !== '' || verdict === 'killed' || verdict === 'dead' || verdict === 'forbidden';
  if (!told) return result;
  const answer = facts({ target: acting.objectId, verdict, ...acting.at, skill: blow.skill });
  const to = `connection/${blow.connection}`;
  return { ...result, signals: [...(result.signals ?? []), { to, name: SIGNALS.struck, payload: answer }] };
};
