import type { Message, Turn, TurnResult } from '../../contract/index.ts';
import { EdgeError } from '../../errors/edge-error.ts';
import type { Budget } from './budget.ts';
import { lineLog } from './line-log.ts';
import type { AnyResult, Route } from './routes.ts';
import type { Running } from './running.ts';
import { TurnContext } from './turn-context.ts';
import { TurnOutcome } from './turn-outcome.ts';

const NOTHING: AnyResult = {};

function routeFor(running: Running, message: Message): Route | undefined {
  const route = running.routes[message.kind].get(message.name);
  if (route === undefined || route.takesRaw || message.kind !== 'packet') return route;
  return message.payload === undefined ? undefined : route;
}

function call(
  route: Route,
  running: Running,
  turn: Turn,
  message: Message,
  outcome: TurnOutcome,
  budget: Budget,
) {
  const context = new TurnContext(running, turn, message, outcome, budget);
  const payload = message.kind === 'packet' ? (message.payload ?? { raw: message.raw }) : message.payload;
  const result = route.handle(context, payload, message);
  return result instanceof Promise ? budget.wait(result) : result;
}

/** Runs the messages of a turn in order, each with what the earlier ones left. Answers at once when all handlers do. */
export function runTurn(running: Running, turn: Turn, budget: Budget): TurnResult | Promise<TurnResult> {
  return runFrom(running, turn, 0, new TurnOutcome(turn, running.manifest), budget);
}

function runFrom(
  running: Running,
  turn: Turn,
  first: number,
  outcome: TurnOutcome,
  budget: Budget,
): TurnResult | Promise<TurnResult> {
  for (let index = first; index < turn.messages.length; index += 1) {
    const message = turn.messages[index];
    if (message === undefined) break;
    if (outcome.ended || (index > 0 && budget.spent)) return outcome.stoppedBefore(index);
    const route = routeFor(running, message);
    if (route === undefined) {
      outcome.refuse(index, message.kind === 'packet' ? 'unhandled' : 'signal_unhandled');
      continue;
    }
    const failed = (error: unknown): TurnResult => fail(running, turn, index, route, outcome, error);
    try {
      const result = call(route, running, turn, message, outcome, budget);
      if (result instanceof Promise) {
        return result
          .then((value) => outcome.add(index, value ?? NOTHING))
          .then(() => runFrom(running, turn, index + 1, outcome, budget), failed);
      }
      outcome.add(index, result ?? NOTHING);
    } catch (error) {
      return failed(error);
    }
  }
  return outcome.result();
}

function fail(
  running: Running,
  turn: Turn,
  index: number,
  route: Route,
  outcome: TurnOutcome,
  error: unknown,
): TurnResult {
  const reason = EdgeError.is(error) ? error.code : 'handler_failed';
  const message = turn.messages[index];
  if (message !== undefined) lineLog(running, turn, message).error('handler failed', { code: reason, error });
  running.host.failed(reason, error);
  return outcome.failedAt(index, reason, route.refused);
}
