import { defineConfig } from 'vitest/config';

/**
 * The scenarios that players play, of `test/e2e`: the very same files once more, with every packet an `Invoke` of a deployed function. What is
 * not here is about the process of the service, its embedded database or its own bundles, and means nothing where those are not.
 */
const PLAYED = [
  'clan',
  'combat',
  'drain',
  'frames',
  'gates',
  'items',
  'login-rules',
  'long-walk',
  'messenger',
  'operators',
  'party',
  'profiles',
  'proxy',
  'races',
  'shop',
  'skills',
  'spine',
  'stock-client',
  'trade',
  'two-ingresses',
];

/**
 * `npm run test:localstack`: one LocalStack, in which each worker has functions and tables for itself (`support/copy.ts`). Tests of one file
 * share them, so they run one after the other.
 */
export default defineConfig({
  test: {
    include: ['test/localstack/**/*.test.ts', `test/e2e/{${PLAYED.join(',')}}.test.ts`],
    env: { PLAY_AGAINST: 'localstack' },
    globalSetup: ['test/localstack/support/global-setup.ts'],
    setupFiles: ['test/localstack/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 1,
    retry: process.env.CI === 'true' ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
