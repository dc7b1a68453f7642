import type {
  CharacterSection,
  InventorySection,
  PositionSection,
  PresenceSection,
  VitalsSection,
} from '../../sections/index.ts';
import { maxHp, maxMp } from '../formulas.ts';
import { cellAt, cellName } from '../geometry/grid.ts';
import { starterInventory } from '../starter-inventory.ts';
import { world } from '../world.ts';

/** A new character of a test. */
export function sampleCharacter(id = 'c1', name = 'Anna'): CharacterSection {
  const { start } = world.startMap;
  return {
    id,
    name,
    race: 0,
    face: 3,
    hair: 4,
    job: 0,
    level: 1,
    xp: '0',
    stats: { str: 10, dex: 10, int: 10, con: 10, charm: 10, sense: 10 },
    statPoints: 0,
    skillPoints: 0,
    skills: [],
    hotbar: [],
    revive: { map: world.startMap.id, x: start.x, y: start.y },
    right: 1,
  };
}

export function sampleVitals(now: number): VitalsSection {
  return { hp: maxHp(1, 10), mp: maxMp(1, 10), at: now, combatAt: 0 };
}

export function sampleInventory(race = 0): InventorySection {
  let count = 0;
  return starterInventory(race, () => `uid-${++count}`);
}

/** Standing on the town map, able to run with 433 units a second. */
export function samplePosition(now: number, x = 520_000, y = 520_000): PositionSection {
  return { map: world.startMap.id, x, y, speed: 433, start: now, gait: 'run', targetId: 0 };
}

export function samplePresence(x = 520_000, y = 520_000, objectId = 2000): PresenceSection {
  return { objectId, map: world.startMap.id, visible: true, cell: cellName(cellAt({ x, y })) };
}
