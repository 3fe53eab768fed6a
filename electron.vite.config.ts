/** How the parts of the app are built: main with its engine worker, one CommonJS preload, the pages, the command line. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import path from 'node:path'
import type { Plugin } from 'vite'
import { buildCommandLine } from './cli.config.ts'
import { buildRatePage, policyInPage } from './rate-page.config.ts'

const at = (...parts: readonly string[]) => path.join(import.meta.dirname, ...parts)

/** Raters get a page of their own, which knows nothing of the workbench. */
const ratePage: Plugin = {
  name: 'rate-page',
  apply: 'build',
  closeBundle: () => buildRatePage(at('out/rate')),
}

const commandLine: Plugin = {
  name: 'command-line',
  apply: 'build',
  closeBundle: () => buildCommandLine(at('out/cli')),
}

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      rollupOptions: {
        input: {
          main: at('src/main/main.ts'),
          'engine-worker': at('src/engine/worker.ts'),
          'study-worker': at('src/workbench/study-worker.ts'),
        },
      },
    },
  },
  preload: {
    // A sandboxed preload may be CommonJS only, in one file.
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('src/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [
      react(),
      policyInPage(["'self'", 'blob:', 'realign-picture:']),
      ratePage,
      commandLine,
    ],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      chunkSizeWarningLimit: 800,
      // Pictures and fonts stay files: the policy allows no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
})
