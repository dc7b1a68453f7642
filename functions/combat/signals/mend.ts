import { actingOf, NOT_IN_WORLD } from '../acting.ts';
import { mended } from '../cure.ts';
import { readMend } from '../facts.ts';
import { judge } from '../judge.ts';
import type { CombatSignal } from '../sections.ts';

/** Somebody's skill helps this character, if it still lives and stands near enough. */
export const mend: CombatSignal = (context, payload) => {
  const help = readMend(payload);
  if (help === undefined) return { refused: 'bad_signal' };
  const acting = actingOf(context);
  if (acting === undefined) return NOT_IN_WORLD;
  const verdict = judge(acting, help, false, undefined);
  return verdict === 'ok' ? mended(context, acting, help) : { refused: verdict };
};
