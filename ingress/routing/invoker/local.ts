import { EdgeError } from '../../../shared/errors/edge-error.ts';
import type { Environment, Family, LineSink, RunningFamily } from '../../../shared/kit/index.ts';
import { untilAborted } from './aborted.ts';
import type { Invoker, InvokeTarget } from './invoker.ts';

export interface LocalInvokerOptions {
  /** Loaded families by name; asked at every call, so that a reloaded family takes effect at once. */
  readonly families: ReadonlyMap<string, Family>;
  /** Settings from which families build their services. */
  readonly environment: Environment;
  /** Takes the families' log lines. */
  readonly lines: LineSink;
  /** Deep-freezes what handlers are given. @default true */
  readonly freeze?: boolean;
}

/** Runs families in this process, each with services built once, through the adapter that a Lambda function runs. */
export function createLocalInvoker(options: LocalInvokerOptions): Invoker {
  const { families, environment, lines, freeze = true } = options;
  const running = new WeakMap<Family, RunningFamily>();

  const familyOf = ({ family: name }: InvokeTarget): Family => {
    const family = families.get(name);
    if (family === undefined)
      throw new EdgeError('invoke_failed', `family ${name} is not loaded`, { family: name, ended: true });
    return family;
  };
  const start = (family: Family): RunningFamily => {
    let started = running.get(family);
    if (started === undefined) {
      started = family.start(environment, { lines, freeze });
      running.set(family, started);
    }
    return started;
  };

  return {
    async invoke(target, event, signal) {
      const family = familyOf(target);
      let started: RunningFamily;
      try {
        started = start(family);
      } catch (error) {
        throw new EdgeError(
          'invoke_failed',
          `family ${family.name} could not start`,
          { family: family.name },
          error,
        );
      }
      return untilAborted(started.handle(event), signal, family.name);
    },
    async describe(target) {
      return familyOf(target).manifest;
    },
  };
}
