import { DEFAULT_BATCHING, type Manifest, type PacketRoute } from '../contract/index.ts';
import { EdgeError } from '../errors/edge-error.ts';
import type { FamilyDefinition, RouteRule } from './definition.ts';
import type { SectionKey } from './section-types.ts';

const packetRoute = (rule: RouteRule & { readonly type?: number }): PacketRoute => ({
  stages: rule.stages,
  rate: rule.rate ?? 'default',
  lane: rule.lane ?? 'main',
  ...(rule.type === undefined ? {} : { type: rule.type }),
  ...(rule.refused === undefined ? {} : { refused: rule.refused }),
});

/**
 * What a definition says to the outside: plain JSON with every default filled in. Whoever loads the family checks it in full
 * (`parseManifest`); doing so here would put the validator into every function's bundle.
 * @throws EdgeError `bad_manifest` when a packet is both known and custom
 */
export function manifestOf<S extends SectionKey, V>(definition: FamilyDefinition<S, V>): Manifest {
  const packets: Record<string, PacketRoute> = {};
  const rules = [...Object.entries(definition.packets), ...Object.entries(definition.custom ?? {})] as [
    string,
    RouteRule,
  ][];
  for (const [name, rule] of rules) {
    if (Object.hasOwn(packets, name)) {
      throw new EdgeError(
        'bad_manifest',
        `family ${definition.name}: ${name} is both a known and a custom packet`,
      );
    }
    packets[name] = packetRoute(rule);
  }
  return {
    v: 1,
    name: definition.name,
    packets,
    signals: Object.keys(definition.signals ?? {}),
    vital: definition.vital ?? [],
    timers: Object.keys(definition.timers ?? {}),
    sections: { owns: definition.state.owns as Manifest['sections']['owns'], reads: definition.state.reads },
    batching: { ...DEFAULT_BATCHING, ...definition.batching },
    lanes: definition.lanes ?? {},
    timeout: definition.timeout ?? 3000,
    memory: definition.memory ?? 256,
    tables: definition.tables ?? {},
    settings: definition.settings ?? [],
    services: definition.uses ?? [],
    schemas: definition.schemas ?? [],
  };
}
