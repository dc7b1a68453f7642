import { experienceToReach, MAX_LEVEL } from '../../../shared/world/formulas.ts';
import { SIGNALS, TIMERS } from '../names.ts';
import type { OperatorsSignal } from '../sections.ts';

/** An operator raises this character: it gains exactly the experience that is missing, by the way that all experience takes. */
export const raise: OperatorsSignal = (context, { level, name }, message) => {
  const { character } = context.sections;
  if (typeof level !== 'number' || typeof name !== 'string' || character === undefined)
    return { refused: 'bad_signal' };
  const tell = (text: string) => ({
    to: `connection/${message.from.connection}`,
    name: SIGNALS.told,
    payload: { text },
  });
  if (level <= character.level || level > MAX_LEVEL)
    return { signals: [tell(`${name} has level ${character.level}; levels can only be raised.`)] };
  const xp = missingExperience(character.level, Number(character.xp), level);
  return {
    timers: [{ name: TIMERS.rise, at: context.now, payload: { xp } }],
    signals: [tell(`${name} rises to level ${level}.`)],
  };
};

/** Experience from a level, and what was gained since, to another level. */
export function missingExperience(from: number, gained: number, to: number): number {
  let sum = -gained;
  for (let level = from + 1; level <= to; level += 1) sum += experienceToReach(level);
  return Math.max(0, sum);
}
