import { world } from '../../../shared/world/world.ts';
import { type Command, refusal, usage } from '../command.ts';
import { OPERATOR } from '../names.ts';

/** Names listed at most: more would not be read. */
const LISTED = 60;
/** Bytes of one line of names. */
const LINE = 200;

/** Who is in the world. */
export const who: Command = {
  name: 'who',
  usage: '[MAP]',
  does: 'counts and lists the players in the world, or on a map',
  right: OPERATOR,
  run: async (context, words) => {
    const [word] = words;
    const maps = word === undefined ? [...world.maps.keys()] : [Number(word)];
    if (words.length > 1 || maps.some((map) => !world.maps.has(map))) return usage(who);
    const outcome = await context.services.census.present({ maps });
    if (!('players' in outcome)) {
      context.log.error('players not counted', { ...outcome });
      return refusal('service_down', 'The database does not answer. Try again in a moment.');
    }
    const { players } = outcome;
    const sorted = [...players].sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = sorted
      .slice(0, LISTED)
      .map(({ name, level, map }) => `${name} (level ${level}, map ${map})`);
    const more = players.length > LISTED ? [`and ${players.length - LISTED} more`] : [];
    return {
      says: [
        `${players.length} ${players.length === 1 ? 'player' : 'players'}.`,
        ...lines([...names, ...more]),
      ],
    };
  },
};

/** Names with commas between, as few lines as there must be. */
function lines(names: readonly string[]): string[] {
  const full: string[] = [];
  for (const name of names) {
    const last = full.at(-1);
    if (last === undefined || last.length + name.length + 2 > LINE) full.push(name);
    else full[full.length - 1] = `${last}, ${name}`;
  }
  return full;
}
