import type { JsonObject, TurnResult } from '../../../shared/contract/index.ts';
import type { Family } from '../../../shared/kit/index.ts';

/** The field that version N has and version N-1 does not know. */
export const FIELD = 'writes';

export const writesOf = (section: JsonObject | null | undefined): number =>
  typeof section?.[FIELD] === 'number' ? section[FIELD] : 0;

/**
 * The next version of a family: one of its sections has gained a field, in which it counts how often it has written that section. What
 * version N-1 wrote lacks it, and counts from 0.
 */
export function newer(family: Family, section: string): Family {
  const { owns, reads } = family.manifest.sections;
  const rule = owns[section];
  if (rule === undefined) throw new Error(`${family.name} does not own ${section}`);
  const sections = { owns: { ...owns, [section]: { ...rule, version: rule.version + 1 } }, reads };
  const manifest = { ...family.manifest, sections };
  return {
    ...family,
    manifest,
    start(environment, host) {
      const running = family.start(environment, host);
      return {
        ...running,
        manifest,
        async handle(event, given) {
          const result = await running.handle(event, given);
          const before = new Map(
            event.turns.map(({ turnId, state }) => [turnId, writesOf(state.sections[section])]),
          );
          const turns = result.turns.map((turn) => counted(turn, section, before.get(turn.turnId) ?? 0));
          return { ...result, turns };
        },
      };
    },
  };
}

function counted(turn: TurnResult, section: string, before: number): TurnResult {
  const value = turn.state?.sections?.[section];
  if (value === undefined || value === null) return turn;
  const sections = { ...turn.state?.sections, [section]: { ...value, [FIELD]: before + 1 } };
  return { ...turn, state: { ...turn.state, sections } };
}
