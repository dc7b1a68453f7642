import { EdgeError } from '../../errors/edge-error.ts';
import { CONTRACT_VERSION, type TurnEvent, type TurnResult } from '../index.ts';
import { firstIssue } from './first-issue.ts';
import { turnResult } from './result-schema.ts';

/** One turn of a result: valid, or EdgeError `bad_result` with the field named. `turnId` is null where even that is missing. */
export type ParsedTurn =
  | { readonly turnId: string; readonly result: TurnResult }
  | { readonly turnId: string | null; readonly error: EdgeError };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks the raw result of an invocation, turn by turn: a bad turn spoils only itself. Whether the turns are those that were asked is for
 * the caller to see. Fields that this version does not know are dropped, but for payloads and sections, which are kept whole.
 * @param event the event that was answered; only its family is looked at, for the errors
 * @throws EdgeError `bad_result` when the whole is no result of this contract version
 */
export function parseResult(raw: unknown, event: Pick<TurnEvent, 'family'>): readonly ParsedTurn[] {
  const { family } = event;
  if (!isObject(raw)) throw wrong(family, null, 'result', 'expected an object');
  if (raw.v !== CONTRACT_VERSION) throw wrong(family, null, 'v', `expected ${CONTRACT_VERSION}`);
  if (!Array.isArray(raw.turns)) throw wrong(family, null, 'turns', 'expected an array');
  return raw.turns.map((turn, index) => parseTurn(turn, index, family));
}

function parseTurn(raw: unknown, index: number, family: string): ParsedTurn {
  const parsed = turnResult.safeParse(raw);
  if (parsed.success) return { turnId: parsed.data.turnId, result: parsed.data };
  const turnId = isObject(raw) && typeof raw.turnId === 'string' ? raw.turnId : null;
  const { field, problem } = firstIssue(parsed.error, ['turns', index]);
  return { turnId, error: wrong(family, turnId, field, problem) };
}

function wrong(family: string, turnId: string | null, field: string, problem: string): EdgeError {
  const details = { family, field, ...(turnId === null ? {} : { turn: turnId }) };
  return new EdgeError('bad_result', `family ${family}: ${field}: ${problem}`, details);
}
