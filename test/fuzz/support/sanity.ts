import type { JsonObject } from '../../../shared/contract/index.ts';
import type { Container } from '../../../shared/economy/index.ts';
import { malformed } from '../../../shared/economy/well-formed.ts';
import type { CharacterSection, PositionSection, VitalsSection } from '../../../shared/sections/index.ts';
import { type Item, type Store, sectionsOf } from '../../../shared/store/index.ts';
import { MAX_LEVEL, MAX_STAT } from '../../../shared/world/formulas.ts';
import { world } from '../../../shared/world/world.ts';

const whole = (value: unknown, least: number, most = Number.MAX_SAFE_INTEGER) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const finite = (...values: readonly unknown[]) => values.every(Number.isFinite);

function onMap(map: number, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const area = world.maps.get(map)?.area;
  return (
    area !== undefined &&
    finite(x, y) &&
    x >= area.left &&
    x <= area.right &&
    y >= area.bottom &&
    y <= area.top
  );
}

function badPosition(position: PositionSection): boolean {
  const { map, speed, start, gait, targetId, to } = position;
  const known = ['walk', 'run', 'sit'].includes(gait) && whole(targetId, 0, 65_535);
  return !(onMap(map, position) && (to === undefined || onMap(map, to)) && finite(speed, start) && known);
}

function badCharacter({
  name,
  level,
  xp,
  stats,
  statPoints,
  skillPoints,
  ...rest
}: CharacterSection): boolean {
  const values = Object.values(stats);
  const stable = values.length === 6 && values.every((value) => whole(value, 1, MAX_STAT));
  const hotbar =
    rest.hotbar.length <= 32 &&
    rest.hotbar.every(({ type, slotId }) => whole(type, 0, 31) && whole(slotId, 0, 2047));
  const grown =
    whole(level, 1, MAX_LEVEL) && /^\d+$/.test(xp) && whole(statPoints, 0) && whole(skillPoints, 0);
  const skills = rest.skills.length <= 120 && rest.skills.every((skill) => whole(skill, 0, 65_535));
  return !(
    /^[A-Za-z0-9]{2,24}$/.test(name) &&
    stable &&
    hotbar &&
    grown &&
    skills &&
    onMap(rest.revive.map, rest.revive)
  );
}

const badVitals = ({ hp, mp, at, combatAt }: VitalsSection) =>
  !(whole(hp, 0, 1e6) && whole(mp, 0, 1e6) && whole(at, 0) && whole(combatAt, 0));

/** A number that was none is `null` in JSON; no section holds a null of its own. */
function holdsNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(holdsNull);
}

const CHECKS: Readonly<Record<string, (value: never) => boolean>> = {
  position: badPosition,
  character: badCharacter,
  vitals: badVitals,
};

function problemsOf(item: Item): string[] {
  const problems: string[] = [];
  for (const [name, { value }] of sectionsOf(item)) {
    const bad = CHECKS[name] as ((value: JsonObject) => boolean) | undefined;
    if (value !== undefined && (holdsNull(value) || bad?.(value) === true))
      problems.push(`${item.pk} ${name}: ${JSON.stringify(value)}`);
  }
  if (item.sk === 'inventory' || item.sk === 'bank') {
    const next = item as unknown as Container;
    const characterId = item.pk;
    const problem = malformed({
      parts: [
        item.sk === 'bank'
          ? { kind: 'bank', characterId, version: 0, next }
          : { kind: 'inventory', characterId, version: 0, epoch: null, next },
      ],
    } as unknown as Parameters<typeof malformed>[0]);
    if (problem !== null) problems.push(`${item.pk} ${item.sk}: ${problem}`);
  }
  return problems;
}

/** What no rule of the game would ever leave behind in the store, one line each. */
export async function corruption(store: Store): Promise<string[]> {
  const problems: string[] = [];
  for await (const item of store.scan('characters')) problems.push(...problemsOf(item));
  return problems;
}
