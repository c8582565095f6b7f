import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    // Many tests wait for programs that they started: on two cores one worker would leave both idle in turns.
    maxWorkers: '100%',
  },
});
