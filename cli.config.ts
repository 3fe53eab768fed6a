/** Builds the command line as few files: a program of 1,200 modules takes twice as long to start from source. */
import path from 'node:path'
import { build } from 'vite'

const at = (...parts: readonly string[]) => path.join(import.meta.dirname, 'src', ...parts)

export async function buildCommandLine(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    // What is native, or finds files beside itself, stays where it was installed.
    ssr: { noExternal: true, external: ['better-sqlite3', 'onnxruntime-node', 'sharp'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rollupOptions: {
        input: {
          main: at('cli', 'main.ts'),
          'engine-worker': at('engine', 'worker.ts'),
          'study-worker': at('workbench', 'study-worker.ts'),
        },
        // All in one folder: whichever file looks for models or pages finds them two folders up.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}
