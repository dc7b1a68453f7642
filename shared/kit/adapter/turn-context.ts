import type { Message, Turn } from '../../contract/index.ts';
import type { Dice, HandlerLog } from '../context.ts';
import type { Budget } from './budget.ts';
import { deepFreeze } from './deep-freeze.ts';
import { rollDice } from './dice.ts';
import { lineLog } from './line-log.ts';
import type { AnyContext } from './routes.ts';
import type { Running } from './running.ts';
import type { TurnOutcome } from './turn-outcome.ts';

/** All that the handler of one message may know, as the messages before it left things. What most handlers do not ask for is made on demand. */
export class TurnContext implements AnyContext {
  readonly now: number;
  readonly turnId: string;
  readonly attempt: number;
  readonly epoch: number;
  readonly deadline: number;
  readonly connection: AnyContext['connection'];
  readonly message: Message;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly characterId: string | null;
  readonly characters: AnyContext['characters'];
  readonly sections: AnyContext['sections'];
  readonly services: unknown;
  readonly #running: Running;
  readonly #turn: Turn;
  readonly #budget: Budget;
  #dice: Dice | undefined;
  #log: HandlerLog | undefined;

  constructor(running: Running, turn: Turn, message: Message, outcome: TurnOutcome, budget: Budget) {
    const { state } = outcome;
    if (running.host.freeze) freezeInputs(turn, message, state);
    this.now = turn.now;
    this.turnId = turn.turnId;
    this.attempt = turn.attempt;
    this.epoch = turn.epoch;
    this.deadline = turn.deadline;
    this.connection = turn.connection;
    this.message = message;
    this.userId = state.userId;
    this.sessionId = state.sessionId;
    this.characterId = state.characterId;
    this.characters = state.characters;
    this.sections = state.sections as AnyContext['sections'];
    this.services = running.services;
    this.#running = running;
    this.#turn = turn;
    this.#budget = budget;
  }

  get dice(): Dice {
    this.#dice ??= rollDice(this.#turn.seed, this.message.seq);
    return this.#dice;
  }

  get log(): HandlerLog {
    this.#log ??= lineLog(this.#running, this.#turn, this.message);
    return this.#log;
  }

  get signal(): AbortSignal {
    return this.#budget.signal;
  }

  step(name: string): string {
    return `${this.connection.id}/${this.message.seq}/${name}`;
  }
}

/** Whatever the ingress keeps for itself is frozen already, and costs one look. */
function freezeInputs(turn: Turn, message: Message, state: Turn['state']): void {
  deepFreeze(message);
  deepFreeze(turn.connection);
  deepFreeze(state.characters);
  deepFreeze(state.sections);
}
