import type { Delivery, Signal } from '../../../shared/contract/index.ts';
import type { Mob } from '../../../shared/sections/index.ts';
import { experienceFor } from '../../../shared/world/formulas-combat.ts';
import { regionActor } from '../../../shared/world/regions.ts';
import { world } from '../../../shared/world/world.ts';
import { OTHERS } from '../names.ts';
import type { CombatContext } from '../sections.ts';
import { dropsOf } from './drops.ts';
import { hereIs } from './here.ts';
import type { Culprit } from './hurt.ts';

/** What a death brings others. */
export interface Estate {
  readonly signals: readonly Signal[];
  readonly deliveries?: readonly Delivery[];
}

/**
 * A monster was killed: what it leaves falls to the ground in one settlement with the receipt of the killing message, and everyone who hurt it has a share
 * of the experience by damage. It happens once: the region decides in its order, and a repeated message finds the receipt.
 */
export async function bequeath(
  context: CombatContext,
  map: number,
  mob: Mob,
  killer: Culprit,
): Promise<readonly Signal[]> {
  const fallen = await fall(context, map, mob, killer);
  return [...experience(context, map, mob), ...fallen];
}

async function fall(
  context: CombatContext,
  map: number,
  mob: Mob,
  killer: Culprit,
): Promise<readonly Signal[]> {
  const { now, dice, services } = context;
  const kind = world.monsters.get(mob.kind);
  const table = kind === undefined ? undefined : world.drops[kind.drops];
  const area = world.maps.get(map)?.area;
  if (table === undefined || area === undefined) return [];
  const step = context.step(`kill/${mob.objectId}`);
  const { partyId } = killer;
  // One whom nobody is known to have killed leaves its things to everyone.
  const [ownerId, ownerObject] = killer.byId === '' ? [null, 0] : [killer.byId, killer.by];
  const at = hereIs(mob, now);
  const kill = { map, area, at, now, ownerId, ownerObject, partyId, step };
  const settlement = dropsOf(table, kill, () => dice.float());
  if (settlement === undefined) return [];
  const outcome = await services.economy.settle({ ...settlement, step, now });
  if (outcome.code !== 'ok') context.log.error('drops not settled', { monster: mob.kind, ...outcome });
  // The kill stands whatever became of the drops. They may have been made although no answer came: then the ground has them.
  if (outcome.code !== 'ok' && outcome.code !== 'down') return [];
  return regionsOf(outcome.code === 'ok' ? outcome.note : settlement.note).map((region) => ({
    to: regionActor(map, region),
    name: OTHERS.dropped,
    payload: {},
  }));
}

function regionsOf(note: unknown): readonly string[] {
  const regions = typeof note === 'object' && note !== null && 'regions' in note ? note.regions : [];
  return Array.isArray(regions) ? regions.filter((region) => typeof region === 'string') : [];
}

/** Shares of the experience, by damage; a member of a party shares with it. */
function experience(context: CombatContext, map: number, mob: Mob): readonly Signal[] {
  const kind = world.monsters.get(mob.kind);
  if (kind === undefined) return [];
  const { x, y } = hereIs(mob, context.now);
  return Object.values(mob.grudges).flatMap(({ characterId, damage, level, partyId }): Signal[] => {
    const xp = Math.floor((experienceFor(kind.experience, kind.level, level) * damage) / kind.hp);
    if (xp <= 0 || characterId === '') return [];
    const to = `character/${characterId}`;
    return partyId === undefined
      ? [{ to, name: OTHERS.gain, payload: { xp, source: mob.objectId } }]
      : [{ to, name: OTHERS.share, payload: { xp, map, x, y, source: mob.objectId } }];
  });
}
