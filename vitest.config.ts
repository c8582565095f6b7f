import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    // Many tests wait for programs that they started: as many workers as cores would leave some idle in turns.
    maxWorkers: availableParallelism() + 1,
  },
});
