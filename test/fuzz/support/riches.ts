import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../../../shared/contract/index.ts';
import { type Item, type Store, sectionValue } from '../../../shared/store/index.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';

/** Where and how somebody begins. */
export interface Home {
  readonly map: number;
  readonly x: number;
  readonly y: number;
  /** 0: dead. */
  readonly hp: number;
  /** Of the account: 256 and more may use commands. */
  readonly right: number;
}

/** Things of all kinds in every slot of the bag but the last few. */
function bag(owner: string): JsonObject {
  const slots = Array.from({ length: 112 }, (_, n) => {
    const data = world.items[n % world.items.length];
    return data === undefined ? [] : [[String(12 + n), newItem(data, 1 + (n % 40), `${owner}-${n}`)]];
  });
  return Object.fromEntries(slots.flat()) as JsonObject;
}

/** The core item of a character that nobody plays. */
async function coreOf(store: Store, name: string): Promise<Item> {
  for (let tries = 0; tries < 100; tries += 1) {
    for await (const item of store.scan('characters'))
      if (item.sk === 'core' && item.name === name && (item.owner ?? null) === null) return item;
    await sleep(50);
  }
  throw new Error(`${name} is still played`);
}

/** Makes a character that nobody plays able to do almost anything: grown, rich, laden, at `home`. */
export async function endow(store: Store, name: string, { hp, right, ...place }: Home): Promise<void> {
  const core = await coreOf(store, name);
  const account = { pk: `account#${name.toLowerCase()}`, sk: 'core' };
  await store.update('accounts', account, { set: { right } });
  const position = { ...place, speed: 400, start: 0, gait: 'run', targetId: 0 };
  const character = {
    ...sectionValue(core, 'character'),
    level: 80,
    statPoints: 400,
    skillPoints: 60,
    skills: [...world.skills.keys()].slice(0, 9),
  };
  await store.update('characters', core, {
    set: {
      section_position: { version: 1, value: position },
      section_character: { version: 1, value: character },
      section_vitals: { version: 1, value: { hp, mp: 900, at: Date.now(), combatAt: 0 } },
    },
  });
  const key = { pk: core.pk, sk: 'inventory' };
  const inventory = await store.get('characters', key);
  const slots = { ...(inventory?.slots as JsonObject), ...bag(name) };
  await store.update('characters', key, { set: { zuly: '5000000', slots }, add: { version: 1 } });
}
