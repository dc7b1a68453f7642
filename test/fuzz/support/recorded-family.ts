import { appendFileSync } from 'node:fs';
import type { TurnEvent, TurnResult, TurnsResult } from '../../../shared/contract/index.ts';
import type { Family } from '../../../shared/kit/index.ts';

/** One invocation, as the family saw and answered it. */
export interface Recorded {
  readonly family: string;
  readonly event: TurnEvent;
  readonly result: TurnsResult;
}

/**
 * A family that writes down each invocation as a line of JSON in the file `RECORD_FILE`. With `RECORD_CUT=half` every other turn runs only its
 * first message, and the others come again, as after a handler that took all of its time.
 */
export function recorded(family: Family): Family {
  return {
    ...family,
    start(environment, host) {
      const running = family.start(environment, host);
      const { RECORD_FILE: file, RECORD_CUT: cut } = environment;
      return {
        ...running,
        async handle(event, given) {
          const shown = cut === 'half' ? cutShort(event) : event;
          const answer = await running.handle(shown, given);
          const result = shown === event ? answer : { ...answer, turns: answer.turns.map(toldCut(event)) };
          if (file !== undefined) {
            const line: Recorded = { family: family.name, event, result };
            appendFileSync(file, `${JSON.stringify(line)}\n`);
          }
          return result;
        },
      };
    },
  };
}

const isCut = (turn: { readonly seed: number; readonly messages: readonly unknown[] }) =>
  turn.seed % 2 === 1 && turn.messages.length > 1;

function cutShort(event: TurnEvent): TurnEvent {
  if (!event.turns.some(isCut)) return event;
  const turns = event.turns.map((turn) =>
    isCut(turn) ? { ...turn, messages: turn.messages.slice(0, 1) } : turn,
  );
  return { ...event, turns };
}

const toldCut = (event: TurnEvent) => {
  const cut = new Set(event.turns.filter(isCut).map(({ turnId }) => turnId));
  return (result: TurnResult): TurnResult =>
    cut.has(result.turnId) && result.failedAt === undefined && result.handled === undefined
      ? { ...result, handled: 1 }
      : result;
};
