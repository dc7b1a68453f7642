import { bury } from '../monsters/births.ts';
import { regionOf } from '../monsters/mob-of.ts';
import { hidden } from '../monsters/show-mob.ts';
import type { CombatSignal } from '../sections.ts';

/** A region's actor ends while it is alive: the object ids of its monsters are free again. */
export const closing: CombatSignal = async (context) => {
  const place = regionOf(context);
  const { monsters } = context.sections;
  if (place === undefined || monsters === undefined) return {};
  const ids = Object.values(monsters.mobs).map(({ objectId }) => objectId);
  await bury(context, place.map, ids);
  return {
    state: { sections: { monsters: null } },
    objects: ids.map((objectId) => hidden(place.map, objectId)),
  };
};
