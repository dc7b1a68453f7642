import type { TableGrants } from '../../shared/contract/index.ts';
import { orDown } from '../../shared/services/builtin/or-down.ts';
import type { Outcome } from '../../shared/services/index.ts';
import { coreKey, isActor, type Store, sectionValue } from '../../shared/store/index.ts';

/** Who is in the world right now, as the object ids in use say it. */
export interface Census {
  present(request: {
    readonly maps: readonly number[];
  }): Promise<Outcome<never, { readonly players: readonly Present[] }>>;
}

export interface Present {
  readonly name: string;
  readonly map: number;
  readonly level: number;
}

/** What the census does in the tables. */
export const CENSUS_KEYS: TableGrants = {
  world: { 'map#*': ['read'] },
  characters: { 'character#*': ['read'] },
};

export function createCensus(store: Store): Census {
  return {
    present: ({ maps }) =>
      orDown(async () => {
        const players = await Promise.all(maps.map((map) => onMap(store, map)));
        return { code: 'ok' as const, players: players.flat() };
      }),
  };
}

async function onMap(store: Store, map: number): Promise<Present[]> {
  const objects = await store.query('world', { pk: `map#${map}`, prefix: 'object#' });
  const ids = objects.flatMap(({ characterId, freeAfter }) =>
    freeAfter === 0 && typeof characterId === 'string' && !isActor(characterId) ? [characterId] : [],
  );
  const cores = await store.getMany('characters', [...new Set(ids)].map(coreKey));
  return cores.flatMap((core) => {
    const character = core === null ? null : sectionValue(core, 'character');
    return character === null ? [] : [{ name: String(character.name), map, level: Number(character.level) }];
  });
}
