/** Builds the rating page by itself: one script and one style sheet, so that it also fits into one task file. */
import react from '@vitejs/plugin-react'
import path from 'node:path'
import { build } from 'vite'

/** Pictures come with the rater's token, so the page holds them as blobs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export async function buildRatePage(outDir: string): Promise<void> {
  const root = path.join(import.meta.dirname, 'src', 'renderer')
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    base: './',
    plugins: [
      react(),
      {
        name: 'policy-in-page',
        transformIndexHtml: () => [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
            injectTo: 'head-prepend',
          },
        ],
      },
    ],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { rate: path.join(root, 'rate.html') } },
    },
  })
}
