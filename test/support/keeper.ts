import type { Clock } from '../../ingress/ports/clock.ts';
import type { EdgeConnection } from '../../ingress/ports/connection.ts';
import type { Commit, OwnerCalls, Ownership } from '../../ingress/ports/state.ts';
import { createStateKeeper, type Keeper, type SectionRules } from '../../ingress/state/index.ts';
import type { JsonObject, SectionRule } from '../../shared/contract/index.ts';
import { newCore, type Store, storedSection } from '../../shared/store/index.ts';
import { type CountingMeter, countingMeter } from './counting-meter.ts';
import { silentLog } from './engine.ts';

/** Sections of one made-up family, of every class. */
export const OWNS: Readonly<Record<string, SectionRule>> = {
  deeds: { class: 'durable', version: 1 },
  fame: { class: 'durable', version: 2 },
  whereabouts: { class: 'checkpoint', version: 1 },
  mood: { class: 'volatile', version: 1 },
  bag: {
    class: 'derived',
    version: 1,
    source: { table: 'characters', key: 'character#{characterId}', sort: 'bag' },
  },
};

export const RULES: SectionRules = new Map(
  Object.entries(OWNS).map(([name, rule]) => [name, { family: 'saga', rule }] as const),
);

export interface TestKeeper {
  readonly keeper: Keeper;
  readonly meter: CountingMeter;
  /** Connections reported as lost, in order. */
  readonly lost: EdgeConnection[];
  /** Entities whose owner was asked to release. */
  readonly asked: string[];
  connect(id?: string): EdgeConnection;
  /** A commit of the family `saga`. */
  commit(connection: EdgeConnection, commit: Partial<Commit>): Promise<Ownership>;
}

export interface TestKeeperOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ingressId?: string;
  /** What happens when the present owner is asked; nobody answers by default. */
  readonly askRelease?: (entity: string) => Promise<void>;
  readonly isDead?: (ingressId: string) => Promise<boolean>;
}

/** A keeper of one ingress with connections of its own. */
export function testKeeper(options: TestKeeperOptions): TestKeeper {
  const { store, clock, ingressId = 'edge-1' } = options;
  const meter = countingMeter();
  const lost: EdgeConnection[] = [];
  const asked: string[] = [];
  const calls: OwnerCalls = {
    askRelease(entity) {
      asked.push(entity);
      return options.askRelease?.(entity) ?? new Promise(() => {});
    },
    lost: (connection) => void lost.push(connection),
  };
  const heartbeat = { healthy: true, isDead: options.isDead ?? (async () => false) };
  const keeper = createStateKeeper({
    store,
    ingressId,
    sectionRules: () => RULES,
    calls,
    heartbeat,
    meter,
    log: silentLog,
    clock,
    random: () => 0.5,
  });
  let connections = 0;
  let turns = 0;
  return {
    keeper,
    meter,
    lost,
    asked,
    connect(id = `${ingressId}-${++connections}`) {
      return {
        id,
        kind: 'client',
        actor: null,
        address: '127.0.0.1',
        stage: 'login',
        state: keeper.open(),
        socket: null,
      };
    },
    commit(connection, commit) {
      turns += 1;
      return keeper.commit(connection, {
        turnId: `${connection.id}:${turns}`,
        family: 'saga',
        owns: OWNS,
        ...commit,
      });
    },
  };
}

/** Puts a character that nobody owns into the store. */
export async function storeCharacter(
  store: Store,
  id: string,
  sections: Readonly<Record<string, JsonObject>> = {},
) {
  const stored = Object.entries(sections).map(
    ([name, value]) => [name, storedSection(OWNS[name]?.version ?? 1, value)] as const,
  );
  await store.put('characters', newCore(id, { name: id }, Object.fromEntries(stored)));
}
