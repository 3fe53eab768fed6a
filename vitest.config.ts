import { defineConfig } from 'vitest/config'
import { Skipped } from './test/support/skipped.ts'

// Each folder under test/ is named for what it needs; see CONTRIBUTING.md.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/ui/**', 'test/app/**'],
    reporters: ['default', new Skipped()],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
