import { afterAll, beforeAll } from 'vitest';
import { startTestEngine, type TestEngine } from './engine.ts';

/** A real, empty database with all tables for the tests of a file, or of a `describe`: there from before the first to after the last. */
export function useTestEngine(): Omit<TestEngine, 'stop'> {
  let started: TestEngine | undefined;
  const engine = (): TestEngine => {
    if (started === undefined) throw new Error('the database is there only while tests run');
    return started;
  };
  beforeAll(async () => {
    started = await startTestEngine();
  });
  afterAll(() => started?.stop());
  return {
    get environment() {
      return engine().environment;
    },
    get store() {
      return engine().store;
    },
    get engine() {
      return engine().engine;
    },
    get dataDir() {
      return engine().dataDir;
    },
  };
}
