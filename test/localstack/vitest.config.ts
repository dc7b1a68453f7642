import { defineConfig } from 'vitest/config';

/**
 * The tests of `test/e2e` are played a second time, the very same files, with every packet an `Invoke` of a deployed function. These are not:
 * they are about what is not there.
 */
const EMBEDDED_ONLY = [
  // The process of the service, as it is started and ended.
  'npm-start',
  'start',
  'container',
  'hot-reload',
  // Its embedded database, and the command line on it.
  'command-line',
  // Functions in sandboxes of their own.
  'bundles',
  'lambda',
  'services-lambda',
  // Several versions of the service, or of its families, that the test puts together.
  'versions',
  // Families that are recorded while they run in the process.
  'recorded-session',
  // Services behind gRPC.
  'services-command',
];

/**
 * `npm run test:localstack`: one LocalStack, in which each worker has functions and tables for itself (`support/copy.ts`). Tests of one file
 * share them, so they run one after the other.
 */
export default defineConfig({
  test: {
    include: ['test/localstack/**/*.test.ts', 'test/e2e/**/*.test.ts'],
    exclude: [`test/e2e/{${EMBEDDED_ONLY.join(',')}}.test.ts`],
    env: { PLAY_AGAINST: 'localstack' },
    globalSetup: ['test/localstack/support/global-setup.ts'],
    setupFiles: ['test/localstack/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 1,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
