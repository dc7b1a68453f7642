import { type Armed, fighterOf } from '../../shared/world/fighters.ts';
import type { Acting } from './acting.ts';
import type { Doer, Strike } from './facts.ts';
import type { CombatContext } from './sections.ts';

/** The acting character's figures in a fight. */
export function armedOf(context: CombatContext, acting: Acting): Armed {
  return fighterOf(acting.character, context.sections.inventory, acting.effects);
}

/** Who does something, from where it stands. */
export function doerOf(context: CombatContext, acting: Acting, reach: number, skill = 0): Doer {
  const { id: byId, objectId: by, at } = acting;
  return { by, byId, connection: context.connection.id, x: at.x, y: at.y, reach, skill };
}

/** An ordinary blow of the acting character. */
export function strikeOf(context: CombatContext, acting: Acting, armed: Armed): Strike {
  const { level, attack, hit, critical, reach } = armed;
  const partyId = context.sections.party?.party?.id ?? null;
  return {
    ...doerOf(context, acting, reach),
    level,
    attack,
    hit,
    critical,
    power: 100,
    effect: null,
    partyId,
  };
}

/** The key of an object on the map where the character is. */
export function keyAt(acting: Acting, objectId: number): string {
  return `${acting.presence.map}/${objectId}`;
}

/** Its address. */
export function objectAt(acting: Acting, objectId: number): string {
  return `object/${keyAt(acting, objectId)}`;
}
