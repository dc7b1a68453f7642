import type { Calls } from './calls.ts';

type Call = (request: unknown) => Promise<unknown>;

/**
 * A service whose code is loaded at its first call: gRPC is more than half of what a function would have to load, and few use it.
 * @param calls names its methods
 */
export function lazily<S>(calls: Calls<S>, load: () => Promise<S>): S {
  let loaded: Promise<S> | undefined;
  const opened = async () => {
    loaded ??= load();
    try {
      return (await loaded) as Readonly<Record<string, Call | undefined>>;
    } catch (error) {
      // What could not be loaded now may be there at the next call.
      loaded = undefined;
      throw error;
    }
  };
  const deferred = (name: string): Call => {
    return async (request) => (await opened())[name]?.(request);
  };
  return Object.fromEntries(Object.keys(calls).map((name) => [name, deferred(name)])) as S;
}
