/** Runs the pages in a real Chromium and the built app through Electron or its stand-in. */
import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'

const SYSTEM = '/usr/bin/chromium'
const executablePath = process.env['CHROMIUM_PATH'] ?? (existsSync(SYSTEM) ? SYSTEM : undefined)

export default defineConfig({
  outputDir: 'test-results',
  // Every test has a server, a workspace and a browser of its own.
  workers: Math.min(2, availableParallelism()),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  projects: [
    {
      name: 'ui',
      testDir: 'test/ui',
      use: {
        viewport: { width: 1280, height: 800 },
        launchOptions: {
          ...(executablePath && { executablePath }),
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-background-networking',
            '--disable-component-update',
            '--no-first-run',
          ],
        },
      },
    },
    { name: 'app', testDir: 'test/app' },
  ],
})
