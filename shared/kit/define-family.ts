import { routesOf } from './adapter/routes.ts';
import { runEvent } from './adapter/run-event.ts';
import type { FamilyDefinition } from './definition.ts';
import type { DefinedFamily, FamilyHost, RunningFamily } from './family.ts';
import { manifestOf } from './manifest-of.ts';
import type { SectionKey } from './section-types.ts';

const DEFAULT_HOST: FamilyHost = {
  lines: () => {},
  monotonic: () => performance.now(),
  freeze: false,
  failed: () => {},
};

/**
 * Makes a family of its definition. `S` are the sections that it owns or reads, `V` its services.
 * @throws EdgeError `bad_manifest` when the definition contradicts itself
 */
export function defineFamily<S extends SectionKey, V>(
  definition: FamilyDefinition<S, V>,
): DefinedFamily<S, V> {
  const manifest = manifestOf(definition);
  const routes = routesOf(definition);
  const startWith = (services: V, host: Partial<FamilyHost> = {}): RunningFamily => {
    const running = { manifest, routes, services, host: { ...DEFAULT_HOST, ...host } };
    return {
      manifest,
      handle: (event, own) =>
        runEvent(own === undefined ? running : { ...running, host: { ...running.host, ...own } }, event),
    };
  };
  return {
    name: definition.name,
    manifest,
    services: definition.services,
    startWith,
    start: (environment, host) => startWith(definition.services(environment, manifest.tables), host),
  };
}
