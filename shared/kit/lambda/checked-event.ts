import { CONTRACT_VERSION, type Turn, type TurnEvent } from '../../contract/index.ts';
import { EdgeError } from '../../errors/edge-error.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isTurn = (value: unknown): value is Turn =>
  isObject(value) &&
  typeof value.turnId === 'string' &&
  typeof value.now === 'number' &&
  typeof value.deadline === 'number' &&
  isObject(value.connection) &&
  isObject(value.state) &&
  Array.isArray(value.messages) &&
  value.messages.every(isObject);

/**
 * Checks the frame of an event, so that what is no event at all is refused with its reason. Only our own ingress may invoke the function;
 * the full validator would be the largest part of its bundle.
 * @throws EdgeError `bad_event`
 */
export function checkedEvent(event: unknown, family: string): TurnEvent {
  const refused = (problem: string): EdgeError => new EdgeError('bad_event', problem, { family });
  if (!isObject(event)) throw refused('an event is an object');
  if (event.v !== CONTRACT_VERSION) throw refused(`v: expected ${CONTRACT_VERSION}`);
  if (event.family !== family) throw refused(`family: this function is ${family}`);
  if (!Array.isArray(event.turns)) throw refused('turns: expected an array');
  const bad = event.turns.findIndex((turn) => !isTurn(turn));
  if (bad >= 0) throw refused(`turns[${bad}]: not a turn`);
  return event as unknown as TurnEvent;
}
