import { EdgeError } from '../errors/edge-error.ts';
import { SETTINGS, type SettingEntry, type SettingName } from './catalogue.ts';

type ValueOf<E> = E extends { type: 'integer' }
  ? number
  : E extends { type: 'switch' }
    ? boolean
    : E extends { type: 'choice'; values: readonly (infer V)[] }
      ? V
      : E extends { default: null }
        ? string | null
        : string;

/** The settings, checked and typed. Absent optional ones are null. */
export type Settings<N extends SettingName = SettingName> = {
  readonly [K in N]: ValueOf<(typeof SETTINGS)[K]>;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the named settings (all, unless told otherwise) out of an environment.
 * @throws EdgeError `bad_config` that lists every problem at once.
 */
export function readSettings<N extends SettingName = SettingName>(
  environment: Environment,
  names?: readonly N[],
): Settings<N> {
  const wanted = names ?? (Object.keys(SETTINGS) as N[]);
  const values: Record<string, string | number | boolean | null> = {};
  const problems: string[] = [];
  for (const name of wanted) {
    const entry: SettingEntry = SETTINGS[name];
    const given = environment[name];
    const outcome = given === undefined || given === '' ? { value: entry.default } : parse(given, entry);
    if ('problem' in outcome) problems.push(`${name}${entry.secret ? '' : `=${given}`}: ${outcome.problem}`);
    else values[name] = outcome.value;
  }
  if (problems.length > 0) {
    const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
    throw new EdgeError('bad_config', `${count} not valid:\n  ${problems.join('\n  ')}`);
  }
  return values as Settings<N>;
}

type Parsed = { readonly value: string | number | boolean } | { readonly problem: string };

function parse(given: string, entry: SettingEntry): Parsed {
  switch (entry.type) {
    case 'integer': {
      const value = /^-?\d+$/.test(given) ? Number(given) : Number.NaN;
      if (value >= entry.min && value <= entry.max) return { value };
      return { problem: `must be a whole number from ${entry.min} to ${entry.max} (${entry.unit})` };
    }
    case 'switch':
      if (given === 'true' || given === 'false') return { value: given === 'true' };
      return { problem: 'must be true or false' };
    case 'choice':
      if (entry.values.includes(given)) return { value: given };
      return { problem: `must be one of ${entry.values.join(', ')}` };
    case 'text':
      if (entry.pattern === undefined || entry.pattern.test(given)) return { value: given };
      return { problem: `must be ${entry.form ?? 'valid'}` };
  }
}
