// One file out of the sources: it starts in a third of the time that loading and translating each of them takes
// (0.6 s against 2.0 s on two cores). Packages stay outside.
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const target = join(root, 'dist', 'broadsheet.mjs')

/** The bundle's path, made anew where a source is newer. Throws where dist/ can't be written. */
export async function freshBundle() {
  if (isFresh()) return target
  const draft = `${target}.${process.pid}.mjs`
  try {
    const { build } = await import('esbuild')
    await build({
      entryPoints: [join(root, 'src', 'cli.ts')],
      outfile: draft,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      logLevel: 'error',
    })
    // Whoever starts at the same moment finds the old one or the new one, whole.
    renameSync(draft, target)
  } finally {
    rmSync(draft, { force: true })
  }
  return target
}

function isFresh() {
  const made = statSync(target, { throwIfNoEntry: false })?.mtimeMs
  if (made === undefined) return false
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  return sources.every(
    entry => !entry.isFile() || statSync(join(entry.parentPath, entry.name)).mtimeMs <= made,
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await freshBundle()
