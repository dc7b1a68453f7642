import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    // Many tests wait more than they work.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/localstack/**', 'test/long/**', 'dist/**'],
        },
      },
      {
        // Once more with every service behind gRPC: see test/support/services.ts.
        extends: true,
        test: {
          name: 'remote-services',
          include: [
            'functions/{auth,character}/*.test.ts',
            'functions/{trade/trade,shop/shop,shop/store}.test.ts',
            'shared/services/builtin/**/{*-service,settle}.test.ts',
          ],
          env: { SERVICES: 'remote' },
        },
      },
    ],
  },
});
