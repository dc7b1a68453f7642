import type { Store } from '../../shared/store/index.ts';

/**
 * What happens to one request to the real database: nothing, or
 * `lost-request`: it never arrives; `lost-answer`: it is carried out and its answer never arrives; an Error: the database refuses
 * it with that and does nothing.
 */
export type Fault = 'lost-request' | 'lost-answer' | Error | undefined;

export interface StoreFaults {
  /** Commands seen, in order, such as `PutItemCommand`. */
  readonly commands: string[];
  /** Asked before each request. */
  choose: (command: string, input: object) => Fault;
}

/** Puts faults in front of the real database of a store. */
export function injectFaults(store: Store): StoreFaults {
  const faults: StoreFaults = { commands: [], choose: () => undefined };
  store.client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = context.commandName ?? '';
      faults.commands.push(command);
      const fault = faults.choose(command, args.input);
      if (fault instanceof Error) throw fault;
      if (fault === 'lost-request') throw hungUp();
      const answer = await next(args);
      if (fault === 'lost-answer') throw hungUp();
      return answer;
    },
    { step: 'initialize', name: 'faults' },
  );
  return faults;
}

function hungUp(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'Error', code: 'ECONNRESET' });
}
