import { EdgeError, type ErrorDetails } from '../../errors/edge-error.ts';
import { CONTRACT_VERSION, type Turn, type TurnEvent, type TurnResult } from '../index.ts';
import { firstIssue } from './first-issue.ts';
import { turnResult } from './result-schema.ts';

export interface ParsedResult {
  /**
   * For each turn of the event, in its order: its result, or why it counts as failed: EdgeError `bad_result` (the field is named) or
   * `turn_missing` (not answered, or answered twice).
   */
  readonly outcomes: readonly (TurnResult | EdgeError)[];
  /** Turn ids that were answered but never asked. */
  readonly foreign: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks the raw result of an invocation against its event, turn by turn: a bad turn spoils only itself. Fields that this version does
 * not know are dropped, but for payloads and sections.
 * @throws EdgeError `bad_result` when the whole is no result of this contract version
 */
export function parseResult(raw: unknown, event: TurnEvent): ParsedResult {
  const facts = { family: event.family };
  if (!isObject(raw))
    throw new EdgeError('bad_result', `family ${event.family}: result: expected an object`, facts);
  if (raw.v !== CONTRACT_VERSION) {
    throw new EdgeError('bad_result', `family ${event.family}: v: expected ${CONTRACT_VERSION}`, {
      ...facts,
      field: 'v',
    });
  }
  if (!Array.isArray(raw.turns)) {
    throw new EdgeError('bad_result', `family ${event.family}: turns: expected an array`, {
      ...facts,
      field: 'turns',
    });
  }
  return match(raw.turns, event);
}

function match(answers: readonly unknown[], event: TurnEvent): ParsedResult {
  const places = new Map<string, number>();
  for (const [index, turn] of event.turns.entries()) places.set(turn.turnId, index);
  const outcomes: (TurnResult | EdgeError | undefined)[] = new Array(event.turns.length).fill(undefined);
  const foreign: string[] = [];
  for (const [at, answer] of answers.entries()) {
    const turnId = isObject(answer) && typeof answer.turnId === 'string' ? answer.turnId : undefined;
    const place = turnId === undefined ? undefined : places.get(turnId);
    const turn = place === undefined ? undefined : event.turns[place];
    if (place === undefined || turn === undefined) {
      // An answer without a turn id spoils nothing: the turn that it was meant for counts as missing.
      foreign.push(turnId ?? `turns[${at}]`);
      continue;
    }
    const double = outcomes[place] !== undefined;
    outcomes[place] = double ? missing(event, turn, 'answered twice') : parseTurn(answer, turn, event.family);
  }
  return {
    outcomes: outcomes.map((outcome, i) => outcome ?? missing(event, event.turns[i], 'not answered')),
    foreign,
  };
}

function missing(event: TurnEvent, turn: Turn | undefined, what: string): EdgeError {
  const id = turn?.turnId ?? '';
  return new EdgeError('turn_missing', `family ${event.family}: turn ${id} was ${what}`, {
    family: event.family,
    turn: id,
  });
}

function parseTurn(answer: unknown, turn: Turn, family: string): TurnResult | EdgeError {
  const details: ErrorDetails = { family, turn: turn.turnId };
  const wrong = (field: string, problem: string): EdgeError =>
    new EdgeError('bad_result', `family ${family}: turn ${turn.turnId}: ${field || 'turn'}: ${problem}`, {
      ...details,
      field,
    });
  const parsed = turnResult.safeParse(answer);
  if (!parsed.success) {
    const { field, problem } = firstIssue(parsed.error);
    return wrong(field, problem);
  }
  const { failedAt, handled, refusals } = parsed.data;
  const { length } = turn.messages;
  if (failedAt !== undefined && failedAt >= length)
    return wrong('failedAt', `the turn has ${length} messages`);
  if (handled !== undefined && (handled < 1 || handled > length))
    return wrong('handled', `the turn has ${length} messages`);
  if (handled !== undefined && failedAt !== undefined) return wrong('handled', 'not together with failedAt');
  if (refusals?.some(({ message }) => message >= length))
    return wrong('refusals', `the turn has ${length} messages`);
  return parsed.data;
}
