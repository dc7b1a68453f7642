import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Whether services of tests play against what is deployed to LocalStack (`npm run test:localstack`) instead of the families of their own
 * process and an embedded database. What holds for one must hold for the other.
 */
export const DEPLOYED = process.env.PLAY_AGAINST === 'localstack';

export interface GroundOptions {
  /** The data of an earlier service; without it there is none at first. */
  readonly dataDir: string | undefined;
  /** Settings that the test asks for. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What a service of a test stands on: its data, and where its families run. */
export interface Ground {
  readonly environment: Readonly<Record<string, string>>;
  /** Names its data for a service that is to carry on with it. */
  readonly dataDir: string;
  /** To be called when the service has ended. */
  release(): Promise<void>;
}

export async function groundFor(options: GroundOptions): Promise<Ground> {
  if (!DEPLOYED) return embedded(options);
  const { deployedGround } = await import('../localstack/support/world.ts');
  return deployedGround(options);
}

async function embedded({ dataDir }: GroundOptions): Promise<Ground> {
  if (dataDir !== undefined) return { environment: { DATA_DIR: dataDir }, dataDir, release: async () => {} };
  const own = await mkdtemp(join(tmpdir(), 'packet-edge-service-'));
  return {
    environment: { DATA_DIR: own },
    dataDir: own,
    release: () => rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
