import type { Patience } from '../../shared/store/index.ts';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
import { Keeper } from './keeper.ts';
import type { KeeperOptions } from './keeper-options.ts';
import { Liveness } from './liveness.ts';

export type { SectionRules } from './derived.ts';
export {
  type Engine,
  type EngineOptions,
  startEngine,
  startSweeper,
} from './engine/index.ts';
export type { Keeper } from './keeper.ts';
export type { KeeperOptions, Vitality } from './keeper-options.ts';

/** The patience of an ingress' store: players wait rather than lose what they did while the database is started again. */
export const INGRESS_PATIENCE: Patience = { within: 10_000, first: 20, longest: 1_000 };

export function createStateKeeper(options: KeeperOptions): Keeper {
  return new Keeper(options);
}

/** The heartbeat of this ingress, and its judgement of others. */
export interface HeartbeatService {
  readonly healthy: boolean;
  isDead(ingressId: string): Promise<boolean>;
  /** The first beat; rejects when the store cannot be reached. */
  start(): Promise<void>;
  /** Call it after the last connection was closed. */
  stop(): Promise<void>;
}

export function createHeartbeat(options: HeartbeatOptions): HeartbeatService {
  const heartbeat = new Heartbeat(options);
  const liveness = new Liveness(options);
  return {
    get healthy() {
      return heartbeat.healthy;
    },
    isDead: (ingressId) => liveness.isDead(ingressId),
    start: () => heartbeat.start(),
    async stop() {
      liveness.stop();
      await heartbeat.stop();
    },
  };
}
