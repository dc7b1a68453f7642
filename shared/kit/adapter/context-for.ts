import type { Message, Turn } from '../../contract/index.ts';
import type { Dice, HandlerLog } from '../context.ts';
import type { Budget } from './budget.ts';
import { deepFreeze } from './deep-freeze.ts';
import { rollDice } from './dice.ts';
import { lineLog } from './line-log.ts';
import type { AnyContext } from './routes.ts';
import type { Running } from './running.ts';
import type { TurnOutcome } from './turn-outcome.ts';

/** All that the handler of one message may know, as the messages before it left things. */
export function contextFor(
  running: Running,
  turn: Turn,
  message: Message,
  outcome: TurnOutcome,
  budget: Budget,
): AnyContext {
  const { state } = outcome;
  if (running.host.freeze) deepFreeze(state.sections);
  let dice: Dice | undefined;
  let log: HandlerLog | undefined;
  return {
    now: turn.now,
    turnId: turn.turnId,
    attempt: turn.attempt,
    epoch: turn.epoch,
    deadline: turn.deadline,
    connection: outcome.connection,
    message,
    userId: state.userId,
    sessionId: state.sessionId,
    characterId: state.characterId,
    characters: state.characters,
    sections: state.sections as AnyContext['sections'],
    services: running.services,
    get dice() {
      dice ??= rollDice(turn.seed, message.seq);
      return dice;
    },
    get log() {
      log ??= lineLog(running, turn, message);
      return log;
    },
    get signal() {
      return budget.signal;
    },
    step: (name) => `${turn.connection.id}/${message.seq}/${name}`,
  };
}
