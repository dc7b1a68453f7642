import { parseRegionActor } from '../../../shared/world/regions.ts';
import { takenAway } from '../ground/tend-ground.ts';
import type { ItemsSignal } from '../sections.ts';

/** An actor ends: the object ids of what it showed are free again. The things themselves stay in their rows. */
export const closing: ItemsSignal = async (context) => {
  const region = parseRegionActor(context.connection.actor);
  const shown = Object.keys(context.sections.ground?.shown ?? {});
  if (region === undefined || shown.length === 0) return {};
  const objects = await Promise.all(
    shown.map((objectId) => takenAway(context, region.map, Number(objectId))),
  );
  return { state: { sections: { ground: null } }, objects };
};
