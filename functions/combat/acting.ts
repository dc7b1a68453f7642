import type { Point } from '../../shared/contract/index.ts';
import type {
  CharacterSection,
  EffectsSection,
  FightSection,
  PositionSection,
  PresenceSection,
  VitalsSection,
} from '../../shared/sections/index.ts';
import { amountOf } from '../../shared/world/fighters.ts';
import { whereIs } from '../../shared/world/whereabouts.ts';
import type { CombatContext } from './sections.ts';
import { vitalsNow } from './vitals.ts';

/** A character that stands in the world. Its vitals are those of now. */
export interface Acting {
  readonly id: string;
  readonly objectId: number;
  readonly character: CharacterSection;
  readonly position: PositionSection;
  readonly presence: PresenceSection;
  readonly vitals: VitalsSection;
  readonly effects: EffectsSection;
  readonly fight: FightSection;
  /** Where it is now. */
  readonly at: Point;
}

const NO_EFFECTS: EffectsSection = { active: [], ready: {} };
const NO_FIGHT: FightSection = { nextHit: 0 };

/** The acting character; undefined while it is not in the world (loading, teleporting, gone), or when an actor acts. */
export function actingOf(context: CombatContext): Acting | undefined {
  const { characterId: id, now } = context;
  const { character, position, presence, vitals, effects = NO_EFFECTS, fight = NO_FIGHT } = context.sections;
  if (id === null || !character || !position || !vitals || presence?.visible !== true) return undefined;
  const { objectId } = presence;
  const at = whereIs(position, now);
  const current = vitalsNow(vitals, character, position, now);
  return { id, objectId, character, position, presence, vitals: current, effects, fight, at };
}

/** The answer to a message of someone who is not in the world. */
export const NOT_IN_WORLD = { refused: 'not_in_world' } as const;

/** Why someone can neither attack nor cast right now; undefined when it can. */
export function hindrance({ vitals, effects, position }: Acting): string | undefined {
  if (vitals.hp <= 0) return 'dead';
  if (amountOf(effects.active, 'stun') > 0) return 'stunned';
  return position.gait === 'sit' ? 'sitting' : undefined;
}
