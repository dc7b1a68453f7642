import type { Calls } from './calls.ts';

type Call = (request: unknown) => Promise<unknown>;

/**
 * A service whose code is loaded at its first call: gRPC is a third of what a function would have to load, and few use it.
 * @param calls names its methods
 */
export function lazily<S>(calls: Calls<S>, load: () => Promise<S>): S {
  let loaded: Promise<S> | undefined;
  const deferred = (name: string): Call => {
    return async (request) => {
      loaded ??= load();
      const service = (await loaded) as Readonly<Record<string, Call | undefined>>;
      return service[name]?.(request);
    };
  };
  return Object.fromEntries(Object.keys(calls).map((name) => [name, deferred(name)])) as S;
}
