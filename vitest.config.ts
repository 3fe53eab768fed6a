import { defineConfig } from 'vitest/config'
import { Skipped } from './test/support/skipped.ts'

/** Nothing of these reaches beyond its own values: they need no process of their own each. */
const PURE = ['test/pure/**/*.test.ts', 'test/architecture/**/*.test.ts']

// Each folder under test/ is named for what it needs; see CONTRIBUTING.md.
export default defineConfig({
  test: {
    reporters: ['default', new Skipped()],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'machine',
          include: ['test/**/*.test.ts'],
          exclude: ['test/ui/**', 'test/app/**', ...PURE],
        },
      },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
    ],
  },
})
