/** Builds the rating page by itself: one script and one style sheet, so that it also fits into one task file. */
import react from '@vitejs/plugin-react'
import path from 'node:path'
import { build, type Plugin } from 'vite'
import { policyOfPage } from './src/server/headers.ts'

/** Only in builds: the development server injects its own inline script. */
export const policyInPage = (pictures: readonly string[]): Plugin => ({
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policyOfPage(pictures) },
      injectTo: 'head-prepend',
    },
  ],
})

export async function buildRatePage(outDir: string): Promise<void> {
  const root = path.join(import.meta.dirname, 'src', 'renderer')
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    base: './',
    // Pictures come with the rater's token, so the page holds them as blobs.
    plugins: [react(), policyInPage(["'self'", 'blob:'])],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { rate: path.join(root, 'rate.html') } },
    },
  })
}
