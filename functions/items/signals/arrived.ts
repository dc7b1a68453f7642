import { regionActor } from '../../../shared/world/regions.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { regionsAround } from '../ground/regions-around.ts';
import { SIGNALS } from '../names.ts';
import type { ItemsSignal } from '../sections.ts';

/**
 * A character is where it will be: things that lie around it are shown again if nobody shows them (the process that did may have died). Only
 * regions in which something lies are woken.
 */
export const arrived: ItemsSignal = async (context) => {
  const { position } = context.sections;
  if (position === undefined) return { refused: 'not_in_world' };
  const { map } = position;
  const { economy } = context.services;
  const regions = regionsAround(whereIs(position, context.now));
  const answers = await Promise.all(regions.map((region) => economy.onGround({ map, region })));
  const filled = regions.filter((_region, n) => {
    const answer = answers[n];
    return answer?.code === 'ok' && answer.rows.length > 0;
  });
  return {
    signals: filled.map((region) => ({ to: regionActor(map, region), name: SIGNALS.dropped, payload: {} })),
  };
};
