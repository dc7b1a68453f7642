import { defineConfig } from 'vitest/config';

/** `npm run test:localstack`: one LocalStack for all files, one after the other. */
export default defineConfig({
  test: {
    include: ['test/localstack/**/*.test.ts'],
    globalSetup: ['test/localstack/support/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    retry: process.env.CI === 'true' ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
