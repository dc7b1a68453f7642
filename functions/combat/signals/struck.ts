import { actingOf } from '../acting.ts';
import { readAnswer } from '../facts.ts';
import { victimLost } from '../monsters/victim-lost.ts';
import { endFight, pursue } from '../pursue.ts';
import type { CombatSignal } from '../sections.ts';

/** What became of a blow. A fight goes on while its target stands; a cast has no more to do. */
export const struck: CombatSignal = (context, payload) => {
  const answer = readAnswer(payload);
  if (answer === undefined) return { refused: 'bad_signal' };
  if (context.connection.kind === 'actor') return victimLost(context, answer.target);
  const acting = actingOf(context);
  const target = acting?.fight.target;
  if (acting === undefined || target?.objectId !== answer.target) return {};
  switch (answer.verdict) {
    case 'met':
    case 'missed':
      if (target.misses === 0) return {};
      return { state: { sections: { fight: { ...acting.fight, target: { ...target, misses: 0 } } } } };
    case 'far':
      return answer.skill === 0 ? pursue(context, acting, answer) : {};
    case 'killed':
      return endFight(acting);
    case 'dead':
    case 'forbidden':
      return { ...endFight(acting), refused: answer.verdict };
    default:
      return {};
  }
};
