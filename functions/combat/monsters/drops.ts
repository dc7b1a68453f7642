import type { Point } from '../../../shared/contract/index.ts';
import { type GroundItem, type Settlement, uidsOf } from '../../../shared/economy/index.ts';
import { clamp, scatter } from '../../../shared/world/geometry/point.ts';
import { regionAt } from '../../../shared/world/regions.ts';
import type { Area } from '../../../shared/world/schema/maps.ts';
import type { DropTable } from '../../../shared/world/schema/monsters.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';

/** Units from the dead within which things fall. */
const AROUND = 50;
/** Milliseconds for which only the killer may take them, and after which they are gone. */
const OWNED = 2 * 60_000;
const LIES = 5 * 60_000;

/** Who killed where. */
export interface Kill {
  readonly map: number;
  readonly area: Area;
  readonly at: Point;
  readonly now: number;
  /** The killer: character (null: nobody is known), object id, party. */
  readonly ownerId: string | null;
  readonly ownerObject: number;
  readonly partyId: string | null;
  /** Key of idempotency of the settlement. */
  readonly step: string;
}

/** What a drop table yields for one kill. `roll` gives numbers from 0 up to, not including, 1. */
export function rollDrops(
  table: DropTable,
  roll: () => number,
): readonly ({ readonly money: number } | { readonly item: string; readonly count: number })[] {
  const amount = ({ min, max }: { min: number; max: number }) => min + Math.floor(roll() * (max - min + 1));
  const hits = ({ chance }: { chance: number }) => roll() * 1000 < chance;
  const found: ({ money: number } | { item: string; count: number })[] = [];
  if (hits(table.zuly)) found.push({ money: amount(table.zuly) });
  for (const drop of table.items) if (hits(drop)) found.push({ item: drop.item, count: amount(drop) });
  return found;
}

/** The settlement by which a kill's drops come into the world: each lies on the ground; undefined when nothing fell. */
export function dropsOf(table: DropTable, kill: Kill, roll: () => number): Settlement | undefined {
  const { map, area, at, now, ownerId, ownerObject, partyId, step } = kill;
  const uid = uidsOf(step);
  const rows: GroundItem[] = rollDrops(table, roll).flatMap((drop): GroundItem[] => {
    const there = clamp(area, scatter(at, AROUND, roll));
    const row = {
      map,
      region: regionAt(there),
      id: uid(),
      x: there.x,
      y: there.y,
      ownerId,
      ownerObject,
      ...(partyId === null ? {} : { partyId }),
      droppedAt: now,
      freeAt: now + OWNED,
      goneAt: now + LIES,
    };
    if ('money' in drop) return [{ ...row, money: String(drop.money) }];
    const data = world.itemByRef(drop.item);
    return data === undefined ? [] : [{ ...row, item: newItem(data, drop.count, uid()) }];
  });
  if (rows.length === 0) return undefined;
  return {
    parts: rows.map((row) => ({ kind: 'ground-put', row })),
    minted: rows.map(({ item, money }) => ({
      reason: 'drop',
      ...(money === undefined ? {} : { money }),
      ...(item === undefined ? {} : { items: [item] }),
    })),
    note: { regions: [...new Set(rows.map(({ region }) => region))] },
  };
}
